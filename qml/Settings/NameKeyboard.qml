// SPDX-License-Identifier: Apache-2.0
// Letters for a driver's name. Of the car, and only while parked.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    property int number: 0 // 0 for a new driver
    property string name
    property bool capital: true
    readonly property int most: 24
    readonly property int columns: width > 900 ? 10 : 7
    readonly property real key: (width - 2 * Style.margin - (columns - 1) * 6) / columns
    signal closed
    objectName: "nameKeyboard"
    clip: true

    function type(letters: string): void {
        if (root.name.length < root.most)
            root.name += letters;
        root.capital = letters === " ";
    }

    Flickable {
        anchors.fill: parent
        contentHeight: all.height + 2 * Style.gap
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: all
            x: Style.margin
            y: Style.gap
            width: root.width - 2 * Style.margin
            spacing: 6

            Row {
                width: parent.width
                spacing: 6

                Rectangle {
                    width: parent.width - 2 * Style.target - 2 * parent.spacing
                    height: Style.target
                    radius: Style.buttonRadius
                    color: Style.raised

                    Label {
                        objectName: "nameText"
                        anchors.fill: parent
                        anchors.leftMargin: 20
                        anchors.rightMargin: 20
                        text: root.name !== "" ? root.name : qsTr("Name of the driver")
                        color: root.name !== "" ? Style.text : Style.muted
                        font.pixelSize: Style.primary
                    }
                }
                IconButton {
                    objectName: "nameErase"
                    text: qsTr("Erase")
                    glyph: "backspace"
                    onClicked: root.name = Array.from(root.name).slice(0, -1).join("")
                }
                IconButton {
                    objectName: "nameClose"
                    text: qsTr("Close")
                    glyph: "close"
                    flat: true
                    onClicked: root.closed()
                }
            }
            Flow {
                width: parent.width
                spacing: 6

                Repeater {
                    model: Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉ")

                    PillButton {
                        required property string modelData
                        objectName: "nameKey_" + modelData
                        width: root.key
                        text: root.capital ? modelData : modelData.toLowerCase()
                        onClicked: root.type(text)
                    }
                }
            }
            Row {
                width: parent.width
                spacing: 6

                PillButton {
                    objectName: "nameSpace"
                    width: parent.width * 0.5
                    text: qsTr("space")
                    onClicked: root.type(" ")
                }
                PillButton {
                    objectName: "nameDone"
                    width: parent.width * 0.5 - 6
                    primary: true
                    enabled: root.name.trim() !== ""
                    text: root.number === 0 ? qsTr("Add") : qsTr("Rename")
                    onClicked: {
                        if (root.number === 0)
                            Profiles.add(root.name.trim());
                        else
                            Profiles.rename(root.number, root.name.trim());
                        root.closed();
                    }
                }
            }
        }
    }
}
