// SPDX-License-Identifier: Apache-2.0
// Lines of a label and what is said of it.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Style

Column {
    id: root
    property var facts: [] // objects with label and said
    readonly property real first: Math.min(280, width * 0.4)
    spacing: 6

    Repeater {
        model: root.facts

        Row {
            id: fact
            required property var modelData
            width: root.width
            spacing: Style.gap

            Label {
                width: root.first
                text: fact.modelData.label
                color: Style.muted
            }
            Label {
                width: root.width - root.first - fact.spacing
                text: fact.modelData.said
                wrapMode: Text.WordWrap
                maximumLineCount: 2
            }
        }
    }
}
