// SPDX-License-Identifier: Apache-2.0
// The time; it wakes once a minute.
import QtQuick
import Controls
import Style

Label {
    id: root
    property date now: new Date()
    objectName: "clock"
    text: Qt.formatTime(root.now, "HH:mm")
    font.pixelSize: Style.primary
    font.weight: Font.DemiBold

    Timer {
        running: true
        interval: 60000 - (root.now.getTime() % 60000) + 20
        onTriggered: {
            root.now = new Date();
            restart();
        }
    }
}
