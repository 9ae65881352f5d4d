// SPDX-License-Identifier: Apache-2.0
// A card with a heading and what belongs to it, one below the other; it scrolls when that is more than fits.
import QtQuick
import Controls
import Style

Card {
    id: root
    property string title
    property string note
    property string tag // objectName of the heading
    default property alias content: column.data
    readonly property real wanted: column.height + 2 * Style.margin

    // Move something to the top, as far as there is something below it.
    function reveal(item: Item): void {
        const top = item.mapToItem(column, 0, 0).y + column.y - 12;
        scroll.contentY = Math.max(0, Math.min(scroll.contentHeight - scroll.height, top));
    }

    Scroll {
        id: scroll
        anchors.fill: parent
        contentHeight: column.height + 2 * Style.margin

        Column {
            id: column
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            y: Style.margin
            width: scroll.width - 2 * Style.margin
            spacing: 12

            Column {
                width: parent.width
                visible: root.title !== ""

                Label {
                    objectName: root.tag
                    width: parent.width
                    text: root.title
                    font.pixelSize: Style.primary
                    font.weight: Font.DemiBold
                }
                Label {
                    objectName: root.tag + "Note"
                    width: parent.width
                    visible: text !== ""
                    text: root.note
                    color: Style.muted
                    wrapMode: Text.WordWrap
                    maximumLineCount: 3
                }
            }
        }
    }
    // Says that there is more, and where one is.
    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: 9
        y: 20 + scroll.visibleArea.yPosition * (parent.height - 40)
        width: 5
        height: scroll.visibleArea.heightRatio * (parent.height - 40)
        radius: 2.5
        color: Style.track
        visible: scroll.interactive
    }
}
