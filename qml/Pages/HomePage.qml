// SPDX-License-Identifier: Apache-2.0
// What a driver needs at a glance: the drive, the energy, and what the apps show.
import QtQuick
import Style

Item {
    id: root
    objectName: "homePage"
    readonly property bool wide: width > 1500
    readonly property bool narrow: width < 1100
    readonly property int inset: Style.inset(width)

    Row {
        anchors.fill: parent
        anchors.margins: root.inset
        spacing: root.inset

        DriveCluster {
            id: cluster
            width: Style.driveWidth(root.width)
            height: parent.height
        }
        EnergyCard {
            id: energy
            width: root.wide ? 460 : root.narrow ? 264 : 332
            height: parent.height
            visible: !apps.expanded
        }
        AppArea {
            id: apps
            expandable: true
            width: parent.width - cluster.width - (expanded ? 0 : energy.width + parent.spacing) - parent.spacing
            height: parent.height
        }
    }
}
