// SPDX-License-Identifier: Apache-2.0
// Who is speaking: the app's name as the manifest has it, in a colour that no template can use. Touched it grows.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    property string emblem: "apps"
    property bool named: true
    property bool expandable: false
    property bool expanded: false
    property real sink: 0 // how far below the middle of the touched area it is drawn
    readonly property bool bare: emblem === "" // only the sign to grow; the name stands elsewhere
    implicitWidth: control.expandable ? Math.max(Style.target, pill.implicitWidth) : pill.implicitWidth
    implicitHeight: Style.target
    enabled: control.expandable
    Accessible.role: control.expandable ? Accessible.Button : Accessible.StaticText
    Accessible.name: control.text

    TextMetrics {
        id: metrics
        font: label.font
        text: control.text
    }
    contentItem: Item {
        Rectangle {
            id: pill
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: control.sink
            implicitWidth: (control.bare ? 8 : 40) + (control.named ? Math.ceil(metrics.advanceWidth) + 20 : 0) + (control.expandable ? 36 : 0)
            width: Math.min(implicitWidth, control.width)
            height: 40
            radius: 20
            color: control.down ? Style.pressed : Style.raised

            Icon {
                x: Style.from(11, width, parent?.width ?? 0)
                visible: !control.bare
                anchors.verticalCenter: parent.verticalCenter
                name: control.emblem
                size: 22
                color: Style.speaker
            }
            Label {
                id: label
                visible: control.named
                anchors.fill: parent
                anchors.leftMargin: 42
                anchors.rightMargin: control.expandable ? 42 : 14
                text: control.text
                color: Style.speaker
            }
            Icon {
                visible: control.expandable
                anchors.right: parent.right
                anchors.rightMargin: 12
                anchors.verticalCenter: parent.verticalCenter
                name: control.expanded ? "shrink" : "expand"
                size: 20
                color: Style.speaker
            }
        }
    }
}
