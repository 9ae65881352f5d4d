// SPDX-License-Identifier: Apache-2.0
// The time; it wakes once a minute.
import QtQuick
import Controls
import Style

Label {
    id: root
    property date now: new Date()
    readonly property real widest: Array.from("0123456789").reduce((wide, digit) => Math.max(wide, metrics.advanceWidth(digit)), 0)
    objectName: "clock"
    text: Qt.formatTime(root.now, "HH:mm")
    // Each minute takes as much room as the last: what stands beside the time stays where it is.
    width: 4 * widest + metrics.advanceWidth(":")
    elide: Text.ElideNone
    font.pixelSize: Style.primary
    font.weight: Font.DemiBold

    FontMetrics {
        id: metrics
        font: root.font
    }

    Timer {
        running: true
        interval: 60000 - (root.now.getTime() % 60000) + 20
        onTriggered: {
            root.now = new Date();
            restart();
        }
    }
}
