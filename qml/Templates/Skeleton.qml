// SPDX-License-Identifier: Apache-2.0
// The shape of a list while its content is on its way. It does not move: motion would draw the eye for nothing.
pragma ComponentBehavior: Bound
import QtQuick
import Style

Item {
    id: root
    property int lines: Math.max(1, Math.floor(height / 88))
    clip: true

    Column {
        width: parent.width
        spacing: 4

        Repeater {
            model: root.lines

            Item {
                id: line
                required property int index
                width: root.width
                height: 84
                opacity: 1 - line.index / (root.lines + 1)

                Rectangle {
                    x: Style.from(12, width, parent?.width ?? 0)
                    anchors.verticalCenter: parent.verticalCenter
                    width: 52
                    height: 52
                    radius: 26
                    color: Style.raised
                }
                Rectangle {
                    x: Style.from(78, width, parent?.width ?? 0)
                    y: 18
                    width: (root.width - 90) * (line.index % 2 ? 0.5 : 0.66)
                    height: 22
                    radius: 11
                    color: Style.raised
                }
                Rectangle {
                    x: Style.from(78, width, parent?.width ?? 0)
                    y: 50
                    width: (root.width - 90) * (line.index % 2 ? 0.72 : 0.45)
                    height: 16
                    radius: 8
                    color: Style.raised
                }
            }
        }
    }
}
