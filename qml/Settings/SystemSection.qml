// SPDX-License-Identifier: Apache-2.0
// How the parts of the car's computer do, the buses, and what this is.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Style

Pane {
    id: root
    property bool setup: true
    property bool linked: true // with the ways from here
    signal licences
    tag: "systemTitle"
    title: qsTr("System")
    Component.onCompleted: Buses.look(true)
    Component.onDestruction: Buses.look(false)

    Repeater {
        model: [Processes.databroker, Processes.services, Processes.apphost, Processes.voice, Processes.cloud]

        Row {
            id: line
            required property Connection modelData
            objectName: "part_" + modelData.process
            width: parent?.width ?? 0
            height: Math.max(52, said.implicitHeight + 8)
            spacing: Style.gap

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: line.modelData.fine ? "check" : line.modelData.state === "waiting" ? "clock" : "warning"
                size: 30
                color: line.modelData.fine ? Style.good : Style.warn
            }
            Label {
                width: Math.min(230, line.width * 0.3)
                height: line.height
                text: line.modelData.title
            }
            Label {
                id: said
                width: line.width - Math.min(230, line.width * 0.3) - 62
                height: line.height
                text: line.modelData.sentence
                color: Style.muted
                wrapMode: Text.WordWrap
                maximumLineCount: 2
            }
        }
    }
    Repeater {
        model: Buses.rows

        Row {
            id: bus
            required property string name
            required property string words
            required property bool well
            required property string rate
            objectName: "bus_" + name
            width: parent?.width ?? 0
            height: 52
            spacing: Style.gap

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: bus.well ? "check" : "warning"
                size: 30
                color: bus.well ? Style.good : Style.warn
            }
            Label {
                width: Math.min(230, bus.width * 0.3)
                height: bus.height
                text: qsTr("Bus %1").arg(bus.name)
            }
            Label {
                width: bus.width - Math.min(230, bus.width * 0.3) - 62
                height: bus.height
                text: bus.well ? bus.rate : bus.words
                color: Style.muted
            }
        }
    }
    PillButton {
        objectName: "toResolution"
        width: parent.width
        visible: root.linked
        primary: Resolution.count > 0
        text: Resolution.count > 0 ? qsTr("What is off, and what to do (%1)").arg(Resolution.count) : qsTr("What is off, and what to do")
        onClicked: Router.go("resolution", "")
    }
    Row {
        width: parent.width
        spacing: Style.gap
        visible: root.setup && root.linked

        PillButton {
            objectName: "toSignals"
            width: (parent.width - Style.gap) / 2
            text: qsTr("All signals")
            onClicked: Router.go("signals", "")
        }
        PillButton {
            objectName: "toLicences"
            width: (parent.width - Style.gap) / 2
            text: qsTr("About and licences")
            onClicked: root.licences()
        }
    }
}
