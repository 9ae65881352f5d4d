// SPDX-License-Identifier: Apache-2.0
// How far the car goes, as a band: eight of ten stretches of the road behind would end within it.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    readonly property real reach: Math.max(100, Math.ceil(1.1 * Math.max(Energy.high, Vehicle.range.value) / 50) * 50) // km
    readonly property int pad: 24

    // In the driver's unit, rounded down to fives: a promise of range may not be rounded up.
    function shown(km: real): int {
        return Math.floor(km * Units.far / 5) * 5;
    }

    WhyArea {
        objectName: "rangeWhy"
        anchors.fill: parent
        topic: "range"
        text: title.text
    }
    Label {
        id: title
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: root.height < 130 ? 10 : 18
        text: qsTr("Range")
        color: Style.muted
    }
    Icon {
        anchors.left: title.right
        anchors.leftMargin: 10
        anchors.verticalCenter: title.verticalCenter
        name: "question"
        size: 26
        color: Style.muted
    }
    Label {
        objectName: "rangeBand"
        anchors.right: parent.right
        anchors.rightMargin: root.pad
        anchors.verticalCenter: title.verticalCenter
        text: Energy.banded ? qsTr("%1 to %2 %3").arg(root.shown(Energy.low)).arg(root.shown(Energy.high)).arg(Units.distance) : "—"
        color: Energy.banded ? Style.text : Style.muted
        font.family: Style.numbers
        font.weight: Font.DemiBold
        font.pixelSize: Style.primary
    }
    BandChart {
        id: track
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: Math.round(root.height * 0.46)
        width: parent.width - 2 * root.pad
        tag: "range"
        known: Energy.banded
        low: Energy.low
        high: Energy.high
        marked: Vehicle.range.known
        mark: Vehicle.range.value
        reach: root.reach
    }
    Label {
        x: Style.from(root.pad, width, parent?.width ?? 0)
        width: parent.width - 2 * root.pad
        anchors.top: track.bottom
        anchors.topMargin: root.height < 130 ? 10 : 14
        text: {
            if (!Energy.kept)
                return qsTr("Consumption is not recorded at the moment.");
            if (!Energy.banded && Energy.missing > 0)
                return qsTr("It comes after another %1 %2.").arg(Units.written(Energy.missing * Units.far, 1)).arg(Units.distance);
            if (!Energy.banded)
                return qsTr("The car does not say how much energy is left.");
            return Vehicle.range.known ? qsTr("Last %1 %3. The car says %2 %3.").arg(Math.round(Energy.distance * Units.far)).arg(Vehicle.range.text).arg(Units.distance) : qsTr("From the last %1 %2.").arg(Math.round(Energy.distance * Units.far)).arg(Units.distance);
        }
        color: Style.muted
    }
}
