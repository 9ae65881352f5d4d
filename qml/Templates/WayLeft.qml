// SPDX-License-Identifier: Apache-2.0
// When it arrives, how long that is, how far, and with how much charge.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Style

Item {
    id: root
    required property var content
    property bool wide: true
    property bool compact: false // the values alone
    readonly property bool charged: (content.charge ?? "") !== ""
    readonly property var facts: [
        {
            name: qsTr("Arrival"),
            value: content.arrival ?? "",
            shown: true
        },
        {
            name: qsTr("Left"),
            value: content.time ?? "",
            shown: true
        },
        {
            name: qsTr("Distance"),
            value: content.distance ?? "",
            shown: wide || !charged
        },
        {
            name: qsTr("Charge"),
            value: content.charge ?? "",
            shown: charged
        }
    ].filter(fact => fact.shown)
    implicitHeight: compact ? 48 : 84

    Rectangle {
        width: parent.width
        height: 1
        color: Style.line
    }
    Row {
        id: row
        anchors.fill: parent
        anchors.topMargin: 10
        spacing: 12

        Repeater {
            model: root.facts

            Column {
                id: fact
                required property var modelData
                width: (row.width - (root.facts.length - 1) * row.spacing) / root.facts.length

                Label {
                    width: parent.width
                    height: 38
                    text: fact.modelData.value
                    font.pixelSize: 28
                    font.weight: Font.DemiBold
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: 24
                }
                Label {
                    width: parent.width
                    visible: !root.compact
                    text: fact.modelData.name
                    color: Style.muted
                }
            }
        }
    }
}
