// SPDX-License-Identifier: Apache-2.0
// A sentence with a sign before it.
import QtQuick
import Controls
import Style

Row {
    id: root
    property string glyph: "info"
    property string text
    property string tag
    property color ink: Style.muted
    property int lines: 4
    spacing: 14

    Icon {
        name: root.glyph
        size: 30
        color: root.ink
    }
    Label {
        objectName: root.tag
        width: root.width - 44
        text: root.text
        color: root.ink
        wrapMode: Text.WordWrap
        maximumLineCount: root.lines
    }
}
