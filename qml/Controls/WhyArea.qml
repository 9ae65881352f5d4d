// SPDX-License-Identifier: Apache-2.0
// A part of a card that explains itself when touched, where there is no room for a sentence that offers it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Models
import Style

T.AbstractButton {
    id: control
    required property string topic // of Why.ask
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("%1. Why?").arg(control.text)
    onClicked: Why.ask(control.topic)

    background: Rectangle {
        radius: Style.cardRadius
        visible: control.down
        color: Style.pressed
    }
}
