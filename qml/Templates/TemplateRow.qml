// SPDX-License-Identifier: Apache-2.0
// One row of a list of an app: icon, picture or marker, one or two lines, and what stands at its end.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    required property string key
    required property string title
    required property string detail
    required property string glyph
    required property string badge
    required property bool chosen
    required property string picture
    required property int toggle // 0, 1, or -1 for none
    required property real progress // 0 to 1, or less for none
    required property bool browsable
    required property bool live
    required property string label
    readonly property bool narrow: width < 440 // the title gets the whole line, the badge moves below
    readonly property bool hasLead: control.glyph !== "" || control.picture !== "" || control.label !== ""
    readonly property color ground: control.down ? Style.pressed : control.chosen ? Style.raised : Style.surface
    // Qt's software renderer forgets the clip of a shape that lies wholly outside it (6.12), so such a one is hidden.
    readonly property real middle: control.y + control.height / 2 - control.ListView.view.contentY
    readonly property bool iconInView: control.middle > -8 && control.middle < control.ListView.view.height + 8
    text: control.title
    implicitHeight: control.progress >= 0 ? 96 : 84
    enabled: control.live
    opacity: control.live ? 1 : 0.75
    checked: control.toggle === 1
    Accessible.role: control.toggle >= 0 ? Accessible.CheckBox : Accessible.ListItem
    Accessible.name: control.detail !== "" ? control.title + ", " + control.detail : control.title
    Accessible.checked: control.checked

    contentItem: Item {
        Item {
            id: lead
            visible: control.hasLead
            anchors.verticalCenter: parent.verticalCenter
            x: Style.from(12, width, parent?.width ?? 0)
            width: 52
            height: 52

            Rectangle {
                anchors.fill: parent
                radius: 26
                visible: control.picture === ""
                color: control.label !== "" || control.chosen ? Style.accent : Style.raised
            }
            Label {
                anchors.fill: parent
                visible: control.label !== ""
                horizontalAlignment: Text.AlignHCenter
                text: control.label
                color: Style.overAccent
                font.weight: Font.DemiBold
            }
            // Loaders, because most rows need one of these or none, and a shape is dear.
            Loader {
                anchors.centerIn: parent
                active: control.picture === "" && control.label === "" && control.glyph !== ""
                visible: control.iconInView
                sourceComponent: Icon {
                    name: control.glyph
                    size: 28
                    color: control.chosen ? Style.overAccent : Style.accent
                }
            }
            Loader {
                anchors.fill: parent
                active: control.picture !== ""
                sourceComponent: Picture {
                    source: control.picture
                    glyph: control.glyph
                    corner: 12
                    ground: control.ground
                    inView: control.iconInView
                }
            }
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: control.hasLead ? lead.right : parent.left
            anchors.leftMargin: control.hasLead ? 14 : 12
            anchors.right: end.left
            anchors.rightMargin: 12

            Label {
                width: parent.width
                text: control.title
                font.pixelSize: Style.primary
                font.weight: control.chosen ? Font.DemiBold : Font.Normal
            }
            Item {
                width: parent.width
                height: 30
                visible: control.detail !== "" || below.visible

                Label {
                    anchors.left: parent.left
                    anchors.right: below.visible ? below.left : parent.right
                    anchors.rightMargin: below.visible ? 10 : 0
                    height: parent.height
                    text: control.detail
                    color: Style.muted
                }
                Label {
                    id: below
                    visible: control.narrow && control.badge !== ""
                    anchors.right: parent.right
                    width: Math.min(implicitWidth, parent.width * 0.5)
                    height: parent.height
                    text: control.badge
                    color: Style.accent
                }
            }
            Loader {
                width: parent.width
                height: active ? 14 : 0
                active: control.progress >= 0
                sourceComponent: Item {
                    Bar {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: 6
                        share: control.progress
                    }
                }
            }
        }
        Row {
            id: end
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: 12
            spacing: 8

            Label {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.badge !== "" && !control.narrow
                width: Math.min(implicitWidth, control.width * 0.3)
                text: control.badge
                color: Style.accent
            }
            Loader {
                anchors.verticalCenter: parent.verticalCenter
                active: control.toggle >= 0
                visible: active
                sourceComponent: SwitchMark {
                    on: control.checked
                }
            }
            Loader {
                anchors.verticalCenter: parent.verticalCenter
                active: control.browsable
                visible: active
                sourceComponent: Icon {
                    visible: control.iconInView
                    name: "forward"
                    size: 24
                    color: Style.muted
                }
            }
        }
    }
    background: Rectangle {
        radius: 20
        color: control.down ? Style.pressed : control.chosen ? Style.raised : "transparent"
    }
}
