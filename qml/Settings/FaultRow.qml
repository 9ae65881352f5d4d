// SPDX-License-Identifier: Apache-2.0
// A fault in the list.
import QtQuick
import Controls
import Style

ListRow {
    id: root
    required property string severity
    readonly property var signs: ({
            "lost": "error",
            "limited": "warning",
            "waiting": "question"
        })
    lines: 3
    glyph: root.signs[root.severity] ?? "info"
    ink: root.severity === "lost" ? Style.bad : root.severity === "limited" ? Style.warn : Style.accent
}
