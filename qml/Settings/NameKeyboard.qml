// SPDX-License-Identifier: Apache-2.0
// Letters for a driver's name. Of the car, and only while parked.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    property int number: 0 // 0 for a new driver
    property string name
    property bool capital: root.name === ""
    readonly property int most: 24
    readonly property var letters: Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉ")
    readonly property int fitting: Math.floor((width - 2 * Style.margin + 6) / (Style.target + 6))
    // Rows of the same length look like a keyboard.
    readonly property int columns: fitting >= 15 ? 15 : fitting >= 10 ? 10 : 6
    readonly property real key: Math.floor((width - 2 * Style.margin - (columns - 1) * 6) / columns)
    readonly property real wanted: all.height + 2 * Style.margin
    signal closed
    objectName: "nameKeyboard"

    function type(letters: string): void {
        if (root.name.length < root.most)
            root.name += letters;
        root.capital = letters === " ";
    }

    Scroll {
        anchors.fill: parent
        contentHeight: root.wanted

        Column {
            id: all
            x: Style.margin
            y: Style.margin
            width: root.width - 2 * Style.margin
            spacing: 6

            Row {
                id: line
                width: parent.width
                spacing: 6

                Rectangle {
                    width: line.width - space.width - erase.width - done.width - close.width - 4 * line.spacing
                    height: Style.target
                    radius: Style.buttonRadius
                    color: "transparent"
                    border.width: 2
                    border.color: Style.line

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
                PillButton {
                    id: space
                    objectName: "nameSpace"
                    text: qsTr("space")
                    onClicked: root.type(" ")
                }
                IconButton {
                    id: erase
                    objectName: "nameErase"
                    text: qsTr("Erase")
                    glyph: "backspace"
                    onClicked: root.name = Array.from(root.name).slice(0, -1).join("")
                }
                PillButton {
                    id: done
                    objectName: "nameDone"
                    primary: enabled
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
                IconButton {
                    id: close
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
                    model: root.letters

                    PillButton {
                        required property string modelData
                        objectName: "nameKey_" + modelData
                        width: root.key
                        text: root.capital ? modelData : modelData.toLowerCase()
                        onClicked: root.type(text)
                    }
                }
            }
        }
    }
}
