// SPDX-License-Identifier: Apache-2.0
// How loud the car is, mute, and who is heard. A key of the wheel brings it up for a moment; a touch keeps it longer.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    objectName: "soundPanel"
    readonly property int most: 4 // holders that are listed
    visible: Sound.shown
    implicitHeight: content.height + 2 * Style.gap
    radius: Style.cardRadius
    color: Style.surface
    border.width: Style.edgeStrong
    border.color: Style.aboveEdge
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Sound")

    // Touches between its buttons go nowhere: not through to what lies below.
    MouseArea {
        anchors.fill: parent
    }
    Column {
        id: content
        x: Style.gap
        y: Style.gap
        width: parent.width - 2 * Style.gap
        spacing: 12

        Item {
            width: parent.width
            height: Style.target

            IconButton {
                id: mute
                objectName: "soundMute"
                anchors.left: parent.left
                text: Sound.muted ? qsTr("Sound on") : qsTr("Mute")
                glyph: Sound.muted ? "mute" : "volume"
                filled: Sound.muted
                color: Sound.muted ? Style.overAccent : Style.text
                enabled: Sound.known
                onClicked: Sound.mute()
            }
            IconButton {
                id: less
                objectName: "soundLess"
                anchors.left: mute.right
                anchors.leftMargin: 12
                text: qsTr("Quieter")
                glyph: "minus"
                enabled: Sound.known
                onClicked: Sound.step(-1)
            }
            Slider {
                id: slider
                objectName: "soundSlider"
                anchors.left: less.right
                anchors.right: level.left
                visible: width > 180 && Sound.known
                name: qsTr("Volume")
                from: 0
                to: 100
                stepSize: 1
                value: Sound.volume
                enabled: Sound.known
                onMoved: Sound.set(Math.round(slider.value))
            }
            Label {
                id: level
                objectName: "soundValue"
                anchors.right: more.left
                width: Math.max(112, implicitWidth + 16)
                height: parent.height
                horizontalAlignment: Text.AlignHCenter
                text: Sound.text
                color: Sound.known ? Style.text : Style.muted
                font.pixelSize: Style.primary
                font.weight: Font.DemiBold
                font.features: {
                    "tnum": 1
                }
            }
            IconButton {
                id: more
                objectName: "soundMore"
                anchors.right: close.left
                anchors.rightMargin: 12
                text: qsTr("Louder")
                glyph: "plus"
                enabled: Sound.known
                onClicked: Sound.step(1)
            }
            IconButton {
                id: close
                objectName: "soundClose"
                anchors.right: parent.right
                text: qsTr("Close")
                glyph: "close"
                flat: true
                onClicked: Sound.close()
            }
        }
        Label {
            objectName: "soundReason"
            width: parent.width
            visible: text !== ""
            wrapMode: Text.WordWrap
            maximumLineCount: 3
            text: Sound.reason
            color: Style.muted
        }
        Repeater {
            model: Sound.holders

            Item {
                id: holder
                required property int index
                required property string owner
                required property string glyph
                required property string sentence
                required property bool loud
                width: content.width
                height: visible ? 44 : 0
                visible: index < root.most
                Accessible.role: Accessible.StaticText
                Accessible.name: holder.sentence

                Icon {
                    id: sign
                    anchors.left: parent.left
                    anchors.leftMargin: 22
                    anchors.verticalCenter: parent.verticalCenter
                    name: holder.glyph
                    size: 32
                    color: holder.loud ? Style.accent : Style.muted
                }
                Label {
                    objectName: "soundHolder_" + holder.owner
                    anchors.left: sign.right
                    anchors.leftMargin: 34
                    anchors.right: parent.right
                    height: parent.height
                    text: holder.sentence
                    color: holder.loud ? Style.text : Style.muted
                }
            }
        }
        Label {
            objectName: "soundNobody"
            x: Style.from(22, width, parent?.width ?? 0)
            width: parent.width - 22
            visible: Sound.known && Sound.holders.count === 0
            text: qsTr("Nobody is heard now.")
            color: Style.muted
        }
    }
}
