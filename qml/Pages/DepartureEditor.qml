// SPDX-License-Identifier: Apache-2.0
// One departure being set: time of day, days, temperature.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

Item {
    id: root
    readonly property int gap: Math.max(8, Math.min(60, (height - 3 * Style.target) / 2))
    readonly property var letters: [qsTr("Mo"), qsTr("Tu"), qsTr("We"), qsTr("Th"), qsTr("Fr"), qsTr("Sa"), qsTr("Su")]

    component Amount: Row {
        id: amount
        required property string name
        required property string text
        required property string tag
        property int figures: 130
        signal less
        signal more

        IconButton {
            objectName: amount.tag + "Down"
            text: qsTr("%1: less").arg(amount.name)
            glyph: "minus"
            onClicked: amount.less()
        }
        Label {
            objectName: amount.tag + "Value"
            width: amount.figures
            height: Style.target
            horizontalAlignment: Text.AlignHCenter
            text: amount.text
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: amount.figures < 100 ? 36 : 42
        }
        IconButton {
            objectName: amount.tag + "Up"
            text: qsTr("%1: more").arg(amount.name)
            glyph: "plus"
            onClicked: amount.more()
        }
    }

    Row {
        id: first
        width: parent.width
        spacing: parent.width - time.width - warmth.width

        Amount {
            id: time
            name: qsTr("Time")
            tag: "departureTime"
            text: Departures.time
            figures: root.width < 700 ? 92 : 170
            onLess: Departures.later(-5)
            onMore: Departures.later(5)
        }
        Amount {
            id: warmth
            name: qsTr("Temperature")
            tag: "departureWarmth"
            text: Departures.warmth
            figures: root.width < 700 ? 92 : 170
            onLess: Departures.warmer(-1)
            onMore: Departures.warmer(1)
        }
    }
    Row {
        id: days
        y: Style.target + root.gap
        width: parent.width
        spacing: 8

        Repeater {
            model: 7

            T.AbstractButton {
                id: day
                required property int index
                objectName: "departureDay" + index
                width: (root.width - 6 * days.spacing) / 7
                height: Style.target
                checked: (Departures.days >> index) & 1
                text: root.letters[index]
                Accessible.role: Accessible.CheckBox
                Accessible.name: day.text
                Accessible.checked: day.checked
                onClicked: Departures.toggle(day.index)

                contentItem: Label {
                    horizontalAlignment: Text.AlignHCenter
                    text: day.text
                    color: day.checked ? Style.overAccent : Style.text
                    font.weight: Font.DemiBold
                }
                background: Rectangle {
                    radius: Style.buttonRadius
                    color: day.checked ? Style.accent : day.down ? Style.pressed : Style.raised
                }
            }
        }
    }
    Row {
        y: 2 * (Style.target + root.gap)
        anchors.right: parent.right
        spacing: Style.gap

        PillButton {
            objectName: "departureRemove"
            visible: !Departures.fresh
            width: root.width < 700 ? 140 : 170
            text: qsTr("Remove")
            onClicked: Departures.remove()
        }
        PillButton {
            objectName: "departureCancel"
            width: root.width < 700 ? 140 : 170
            text: qsTr("Cancel")
            onClicked: Departures.cancel()
        }
        PillButton {
            objectName: "departureKeep"
            width: root.width < 700 ? 140 : 190
            primary: true
            text: qsTr("Keep")
            onClicked: Departures.keep()
        }
    }
}
