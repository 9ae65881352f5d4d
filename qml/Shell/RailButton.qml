// SPDX-License-Identifier: Apache-2.0
// One page on the rail: its icon, and a pill behind it while the page is shown.
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    property string glyph
    implicitWidth: Style.target
    implicitHeight: Style.target
    activeFocusOnTab: true
    Accessible.role: Accessible.PageTab
    Accessible.name: control.text
    Accessible.selectable: true
    Accessible.selected: control.checked
    Accessible.onPressAction: control.click()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.glyph
            size: 36
            color: control.checked ? Style.overAccent : Style.text
        }
    }
    background: Item {
        Rectangle {
            anchors.centerIn: parent
            width: 68
            height: 60
            radius: Style.buttonRadius
            color: control.checked ? Style.accent : control.down ? Style.pressed : "transparent"
            border.width: control.visualFocus ? 3 : 0
            border.color: Style.text
        }
    }
}
