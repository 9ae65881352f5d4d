// SPDX-License-Identifier: Apache-2.0
// A tyre in numbers: pressure, where it goes, and the car's warning.
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

Item {
    id: root
    required property Tyre tyre
    readonly property string topic: "tyres" // of Why.ask
    property string tag
    property bool mirrored: false // ends at the car instead of beginning there
    readonly property bool low: root.tyre.low.known && root.tyre.low.value > 0
    readonly property color ink: !root.tyre.pressure.known ? Style.muted : root.low || root.tyre.pressure.doubtful ? Style.warn : Style.text
    readonly property string word: {
        if (root.tyre.pressure.stale)
            return qsTr("%1 ago").arg(root.tyre.pressure.age);
        if (root.low)
            return qsTr("Low");
        if (root.tyre.pressure.doubtful)
            return qsTr("Check");
        switch (root.tyre.trend) {
        case "falling":
            return qsTr("Falling");
        case "rising":
            return qsTr("Rising");
        case "steady":
            return qsTr("Steady");
        default:
            return root.tyre.temperature.known ? qsTr("%1°").arg(root.tyre.temperature.text) : "";
        }
    }
    property bool bare: false // without its unit
    implicitWidth: Math.max(line.width, under.width)
    implicitHeight: 78

    Row {
        id: line
        anchors.right: root.mirrored ? parent.right : undefined
        spacing: 6

        Label {
            id: value
            objectName: root.tag
            color: root.ink
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: Style.heading

            Follow on text {
                reading: root.tyre.pressure
            }
        }
        Label {
            anchors.baseline: value.baseline
            visible: root.tyre.pressure.known && !root.bare
            text: Units.pressure
            color: Style.muted
        }
    }
    Row {
        id: under
        anchors.top: line.bottom
        anchors.topMargin: -2
        anchors.right: root.mirrored ? parent.right : undefined
        spacing: 6

        TrendArrow {
            visible: root.tyre.pressure.known && !root.low && known
            anchors.verticalCenter: parent.verticalCenter
            trend: root.tyre.trend
        }
        Icon {
            visible: root.low || root.tyre.pressure.doubtful
            anchors.verticalCenter: parent.verticalCenter
            name: root.low ? "warning" : "question"
            size: 26
            color: Style.warn
        }
        Label {
            objectName: root.tag + "Trend"
            text: root.word
            color: !root.tyre.pressure.stale && (root.low || root.tyre.trend === "falling" || root.tyre.pressure.doubtful) ? Style.warn : Style.muted
        }
    }
    T.AbstractButton {
        objectName: root.tag + "Why"
        anchors.centerIn: parent
        width: Math.max(Style.target, parent.width)
        height: parent.height
        text: qsTr("Tyre pressure %1. Why?").arg(value.text)
        Accessible.role: Accessible.Button
        Accessible.name: text
        onClicked: Why.ask(root.topic)
    }
}
