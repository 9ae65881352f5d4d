// SPDX-License-Identifier: Apache-2.0
// Over everything while the car backs up: the picture, the way, what is near, and plain words when something is wrong.
// Loaded before it is needed and hidden, so that the picture is there at once. It looks the same by day and by night.
pragma ComponentBehavior: Bound
import QtQuick

import Controls
import Models
import Style

Item {
    id: root
    objectName: "rearView"
    anchors.fill: parent
    // The picture is given all it needs; what is left beside or below it holds the rest.
    readonly property bool wide: width / height > 2.1
    readonly property bool tall: height > width
    readonly property rect place: wide ? Qt.rect(0, 0, Math.min(width - 440, height * 16 / 9), height) : tall ? Qt.rect(0, Math.max(0, (height - width * 9 / 16 - near.height) / 2), width, width * 9 / 16) : Qt.rect(0, 0, width, height)

    // In R, but the driver wanted to see something else.
    PillButton {
        objectName: "rearReopen"
        visible: RearView.closed
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.climateHeight + Style.gap
        text: qsTr("Rear view")
        primary: true
        onClicked: RearView.reopen()
    }

    Rectangle {
        anchors.fill: parent
        visible: RearView.open
        color: Style.pictureGround

        // Nothing below is touched through the picture.
        MouseArea {
            anchors.fill: parent
        }
        Loader {
            id: picture
            active: RearView.drawable
            source: root.GraphicsInfo.api === GraphicsInfo.Software ? "PaintedPicture.qml" : "CameraPicture.qml"
            x: root.place.x
            y: root.place.y
            width: root.place.width
            height: root.place.height
            visible: RearView.picture
        }
        Message {
            visible: RearView.title !== ""
            small: RearView.picture
            x: root.place.x + (root.place.width - width) / 2
            y: root.place.y + (small ? root.place.height - height - Style.margin : (root.place.height - height) / 2)
            width: Math.min(root.place.width - 2 * Style.margin, 760)
        }
        Row {
            x: root.place.x + Style.margin
            y: root.place.y + Style.margin
            spacing: Style.gap

            Chip {
                objectName: "rearTitle"
                glyph: "car"
                text: qsTr("Rear view")
            }
            Chip {
                objectName: "rearTest"
                visible: RearView.test
                text: qsTr("Test picture, no camera")
                ink: Style.pictureMiddle
            }
        }
        IconButton {
            objectName: "rearClose"
            x: root.place.x + root.place.width - width - Style.margin
            y: root.place.y + Style.margin
            glyph: "close"
            text: qsTr("Close the rear view")
            color: Style.onPicture
            background: Rectangle {
                radius: Style.buttonRadius
                color: Style.pictureCard
            }
            onClicked: RearView.close()
        }
        Rectangle {
            id: near
            objectName: "rearNear"
            readonly property bool floating: !root.wide && !root.tall
            visible: RearView.nearest !== ""
            radius: Style.cardRadius
            color: floating ? Style.pictureCard : "transparent"
            width: floating ? 232 : root.wide ? root.width - root.place.width - 2 * Style.margin : root.width - 2 * Style.margin
            height: floating ? 232 : Math.min(520, root.wide ? root.height - 2 * Style.margin : root.height - root.width * 9 / 16 - 2 * Style.margin)
            x: root.tall ? Style.margin : root.width - width - Style.margin
            y: root.tall ? root.place.y + root.place.height + Style.margin : floating ? root.height - height - Style.margin : (root.height - height) / 2

            ObstacleView {
                anchors.top: parent.top
                anchors.topMargin: Style.gap
                anchors.bottom: metres.top
                width: parent.width
            }
            Label {
                id: metres
                objectName: "rearNearest"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: near.floating ? 12 : 40
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: RearView.nearest
                font.family: Style.numbers
                font.pixelSize: near.floating ? 36 : 64
                font.weight: Font.DemiBold
                color: Style.onPicture
            }
        }
        Chip {
            objectName: "rearWarning"
            visible: RearView.warning !== ""
            glyph: "warning"
            ink: Style.pictureMiddle
            text: RearView.warning
            x: root.place.x + Style.margin
            y: root.place.y + Style.margin + Style.target
            limit: root.place.width - 2 * Style.margin
        }
    }

    component Chip: Rectangle {
        id: chip
        property string glyph
        property string text
        property color ink: Style.onPicture
        property real limit: 900
        implicitWidth: Math.min(chip.limit, line.implicitWidth + (chip.glyph ? 48 : 0) + 40)
        implicitHeight: Math.max(60, line.implicitHeight + 24)
        radius: Math.min(30, height / 2)
        color: Style.pictureCard

        Icon {
            id: mark
            name: chip.glyph
            size: 32
            color: chip.ink
            x: 20
            anchors.verticalCenter: parent.verticalCenter
        }
        Label {
            id: line
            x: chip.glyph ? 64 : 20
            width: chip.width - x - 20
            anchors.verticalCenter: parent.verticalCenter
            text: chip.text
            color: chip.ink
            wrapMode: Text.Wrap
        }
    }
    component Message: Rectangle {
        id: message
        property bool small: false
        implicitHeight: words.implicitHeight + (message.small ? 32 : 96)
        radius: Style.cardRadius
        color: message.small ? Style.pictureCard : "transparent"

        Column {
            id: words
            anchors.centerIn: parent
            width: parent.width - 48
            spacing: Style.gap / 2

            Icon {
                visible: !message.small
                anchors.horizontalCenter: parent.horizontalCenter
                name: "warning"
                size: 72
                weight: 1.4
                color: Style.pictureMiddle
            }
            Label {
                objectName: "rearProblem"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: RearView.title
                font.pixelSize: message.small ? Style.primary : 44
                font.weight: Font.DemiBold
                color: Style.onPicture
            }
            Label {
                objectName: "rearReason"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: RearView.sentence
                wrapMode: Text.Wrap
                font.pixelSize: message.small ? Style.secondary : Style.primary
                color: Style.onPictureMuted
            }
        }
    }
}
