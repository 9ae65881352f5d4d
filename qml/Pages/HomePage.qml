// SPDX-License-Identifier: Apache-2.0
// What a driver needs at a glance: the drive, the energy, and what the apps show.
import QtQuick
import Style

Item {
    id: root
    objectName: "homePage"
    readonly property bool wide: width > 1500
    readonly property bool narrow: width < 1000
    readonly property bool upright: height > width
    readonly property int inset: Style.inset(width)
    readonly property real across: width - 2 * inset
    readonly property real down: height - 2 * inset

    // Where something of this width lies: everything begins at the driver's side.
    function place(start: real, extent: real): real {
        return Style.mirrored ? width - start - extent : start;
    }

    // Drive, energy and apps side by side; on an upright display the apps lie below.
    DriveCluster {
        id: cluster
        x: root.place(root.inset, width)
        y: root.inset
        width: root.upright ? (root.across - root.inset) * 0.56 : Style.driveWidth(root.width)
        height: root.upright ? 560 : root.down
    }
    EnergyCard {
        id: energy
        readonly property real start: 2 * root.inset + cluster.width
        x: root.place(start, width)
        y: root.inset
        width: root.upright ? root.across - cluster.width - root.inset : root.wide ? 460 : root.narrow ? 228 : 320
        height: cluster.height
        visible: root.upright || !apps.expanded
    }
    AppArea {
        id: apps
        readonly property real start: root.upright ? root.inset : expanded ? energy.start : energy.start + energy.width + root.inset
        expandable: !root.upright
        x: root.place(start, width)
        y: root.upright ? cluster.y + cluster.height + root.inset : root.inset
        width: root.inset + root.across - start
        height: root.inset + root.down - y
    }
}
