// SPDX-License-Identifier: Apache-2.0
// What has begun to play, for a moment; a touch opens the media page.
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Navigation
import Style

T.AbstractButton {
    id: control
    objectName: "playingBand"
    visible: Bands.shown === "media"
    implicitHeight: Style.target + 16
    text: PlayingHint.text !== "" ? qsTr("Now playing: %1, %2").arg(PlayingHint.title).arg(PlayingHint.text) : qsTr("Now playing: %1").arg(PlayingHint.title)
    Accessible.role: Accessible.Button
    Accessible.name: control.text
    onClicked: {
        PlayingHint.dismiss();
        Router.go("media", "");
    }

    Binding {
        target: PlayingHint
        property: "elsewhere"
        value: Router.page === "media" || Router.page === "home"
    }
    contentItem: Item {
        Icon {
            id: sign
            anchors.left: parent.left
            anchors.leftMargin: Style.margin
            anchors.verticalCenter: parent.verticalCenter
            name: "music"
            size: 36
            color: Style.accent
        }
        Column {
            anchors.left: sign.right
            anchors.leftMargin: Style.gap
            anchors.right: parent.right
            anchors.rightMargin: Style.margin
            anchors.verticalCenter: parent.verticalCenter

            Label {
                objectName: "playingTitle"
                width: parent.width
                text: PlayingHint.title
                font.weight: Font.DemiBold
            }
            Label {
                width: parent.width
                visible: text !== ""
                text: PlayingHint.text
                color: Style.muted
            }
        }
    }
    background: Rectangle {
        radius: Style.cardRadius
        color: control.down ? Style.pressed : Style.above
        border.width: Style.edge
        border.color: Style.aboveEdge
    }
}
