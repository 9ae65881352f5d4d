// SPDX-License-Identifier: Apache-2.0
// A temperature with its name.
import QtQuick
import Controls
import Models
import Style

Column {
    id: root
    required property Reading reading
    required property string caption
    required property string tag
    spacing: 2

    Label {
        width: parent.width
        text: root.caption
        color: Style.muted
    }
    Label {
        objectName: root.tag
        width: parent.width
        color: root.reading.known ? Style.text : Style.muted
        font.pixelSize: root.width < 110 ? 28 : root.width < 130 ? Style.primary : 36
        font.weight: Font.DemiBold

        Follow on text {
            reading: root.reading
            unit: "°"
        }
    }
}
