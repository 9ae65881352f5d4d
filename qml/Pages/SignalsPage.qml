// SPDX-License-Identifier: Apache-2.0
// Every live signal, for engineers.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    objectName: "signalsPage"
    Component.onCompleted: SignalList.look(true)
    Component.onDestruction: SignalList.look(false)

    Card {
        anchors.fill: parent
        anchors.margins: Style.inset(root.width)

        Label {
            id: heading
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            y: 16
            height: 40
            text: qsTr("Engineering")
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold
        }
        Label {
            objectName: "signalCount"
            anchors.right: parent.right
            anchors.rightMargin: Style.margin
            anchors.baseline: heading.baseline
            text: qsTr("%1 live signals").arg(SignalList.total)
            color: Style.muted
        }
        Label {
            anchors.centerIn: parent
            visible: SignalList.total === 0
            text: Processes.databroker.fine ? qsTr("No signal has a value yet.") : Processes.databroker.sentence
            color: Style.muted
        }
        ListView {
            objectName: "signalList"
            anchors.fill: parent
            anchors.margins: 8
            anchors.topMargin: 68
            anchors.bottomMargin: more.visible ? more.height + 8 : 8
            clip: true
            currentIndex: -1 // no highlight to animate
            boundsBehavior: Flickable.StopAtBounds
            // Rows ahead of what is seen would be made a little later, when driving off may have taken them away.
            cacheBuffer: 0
            model: SignalList
            delegate: SignalRow {
                width: ListView.view.width
            }
        }
        WhyNote {
            id: more
            objectName: "signalsMore"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 8
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            width: parent.width - 2 * Style.margin
            visible: SignalList.hidden > 0
            topic: "rows"
            text: qsTr("%1 more when parked").arg(SignalList.hidden)
        }
    }
}
