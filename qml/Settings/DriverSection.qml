// SPDX-License-Identifier: Apache-2.0
// Who drives.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Pane {
    id: root
    property bool setup: true
    signal naming(number: int, name: string)
    property int removing: -1
    tag: "driverTitle"
    title: qsTr("Driver")
    note: qsTr("Look, language, units and text size follow the driver.")

    Withheld {
        width: parent.width
        visible: !root.setup
        text: Profiles.driver !== "" ? qsTr("%1 drives. Another driver is chosen when parked.").arg(Profiles.driver) : qsTr("A guest drives. A driver is chosen when parked.")
    }
    Repeater {
        model: root.setup ? Profiles.drivers : null

        Item {
            id: line
            required property int number
            required property string name
            required property bool chosen
            readonly property bool asked: root.removing === number
            width: parent?.width ?? 0
            height: Style.target

            ListRow {
                objectName: "driver_" + line.number
                anchors.left: parent.left
                width: parent.width - (edit.visible ? 2 * Style.target + 16 : 0)
                height: parent.height
                glyph: line.chosen ? "check" : "person"
                text: line.asked ? qsTr("Remove %1 and all choices?").arg(line.name) : line.number === 0 ? qsTr("Guest") : line.name
                detail: line.number === 0 && !line.asked ? qsTr("Nothing is kept") : ""
                chosen: line.chosen
                onClicked: Profiles.choose(line.number)
            }
            IconButton {
                id: edit
                objectName: "driverEdit_" + line.number
                anchors.right: remove.left
                anchors.rightMargin: 8
                visible: line.number !== 0
                text: line.asked ? qsTr("Keep %1").arg(line.name) : qsTr("Rename %1").arg(line.name)
                glyph: line.asked ? "close" : "edit"
                onClicked: line.asked ? root.removing = -1 : root.naming(line.number, line.name)
            }
            IconButton {
                id: remove
                objectName: "driverRemove_" + line.number
                anchors.right: parent.right
                visible: line.number !== 0
                text: qsTr("Remove %1").arg(line.name)
                glyph: line.asked ? "check" : "trash"
                color: line.asked ? Style.bad : Style.text
                onClicked: {
                    if (line.asked)
                        Profiles.remove(line.number);
                    root.removing = line.asked ? -1 : line.number;
                }
            }
        }
    }
    PillButton {
        objectName: "driverAdd"
        visible: root.setup && Profiles.known && !Profiles.full
        width: parent.width
        text: qsTr("Add a driver")
        onClicked: root.naming(0, "")
    }
    Hint {
        width: parent.width
        visible: root.setup && Profiles.full
        text: qsTr("There is no place for another driver. Remove one first.")
    }
    Hint {
        width: parent.width
        visible: !Profiles.known || !Profiles.kept
        tag: "driverNotKept"
        glyph: "warning"
        ink: Style.warn
        text: Profiles.known ? qsTr("The disk takes nothing now: choices last until the car's computer starts again.") : Processes.services.sentence
    }
}
