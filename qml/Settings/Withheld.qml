// SPDX-License-Identifier: Apache-2.0
// Stands where something is set up while parked.
import QtQuick
import Controls
import Style

Column {
    id: root
    property string text: qsTr("This is set up when parked.")
    spacing: Style.gap
    topPadding: 40
    bottomPadding: 40

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        name: "parking"
        size: 56
        color: Style.muted
    }
    Label {
        objectName: "whenParked"
        width: root.width
        horizontalAlignment: Text.AlignHCenter
        text: root.text
        color: Style.muted
        wrapMode: Text.WordWrap
        maximumLineCount: 3
    }
    WhyNote {
        objectName: "whenParkedWhy"
        width: root.width
        centred: true
        topic: "setup"
        text: qsTr("Why not now?")
    }
}
