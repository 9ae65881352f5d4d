// SPDX-License-Identifier: Apache-2.0
// A graph with its title and its figure; with `tabs` the driver chooses which.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

Card {
    id: root
    property int shown: 0
    property bool tabs: false
    readonly property int pad: 24
    readonly property var titles: [qsTr("Consumption"), qsTr("Charge curve"), qsTr("Where it went")]
    readonly property string figure: {
        switch (root.shown) {
        case 0:
            return qsTr("⌀ %1 %2").arg(Energy.average).arg(Units.consumption);
        case 1:
            return Energy.growing ? qsTr("kW, now") : Energy.when !== "" ? qsTr("kW, %1").arg(Energy.when) : "";
        default:
            return Energy.distance > 0 ? qsTr("Last %1 %2").arg(Math.round(Energy.distance * Units.far)).arg(Units.distance) : "";
        }
    }

    Row {
        id: choice
        visible: root.tabs
        x: Style.from(8, width, parent?.width ?? 0)
        y: 8
        width: parent.width - 16

        Repeater {
            model: root.tabs ? root.titles : []

            T.AbstractButton {
                id: tab
                required property int index
                required property string modelData
                objectName: "chartTab" + index
                width: choice.width / 3
                height: Style.target
                text: modelData
                checked: root.shown === index
                Accessible.role: Accessible.PageTab
                Accessible.name: tab.text
                Accessible.checked: tab.checked
                onClicked: root.shown = index

                contentItem: Label {
                    horizontalAlignment: Text.AlignHCenter
                    text: tab.text
                    color: tab.checked ? Style.text : Style.muted
                    font.weight: tab.checked ? Font.DemiBold : Font.Normal
                }
                background: Rectangle {
                    radius: Style.buttonRadius
                    color: tab.down ? Style.pressed : "transparent"

                    Rectangle {
                        visible: tab.checked
                        anchors.bottom: parent.bottom
                        anchors.bottomMargin: 8
                        anchors.horizontalCenter: parent.horizontalCenter
                        width: parent.width - 48
                        height: 4
                        radius: 2
                        color: Style.accent
                    }
                }
            }
        }
    }
    Label {
        id: title
        visible: !root.tabs
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: 18
        text: root.titles[root.shown]
        color: Style.muted
    }
    Label {
        id: figureText
        objectName: "chartFigure" + root.shown
        anchors.right: parent.right
        anchors.rightMargin: root.pad
        y: root.tabs ? choice.height + 12 : 18
        text: root.figure
        visible: !root.tabs || root.height >= 260
    }
    Loader {
        x: root.pad - 8 // a chart reads from left to right in every language
        y: figureText.visible ? figureText.y + 40 : choice.height + 18
        width: parent.width - 2 * x
        height: parent.height - y - 16
        sourceComponent: root.shown === 0 ? history : root.shown === 1 ? curve : spent
    }
    Component {
        id: history
        HistoryChart {}
    }
    Component {
        id: curve
        CurveChart {}
    }
    Component {
        id: spent
        SpentChart {}
    }
}
