// SPDX-License-Identifier: Apache-2.0
// Content that may be longer than its place. The software scene graph draws a shape that is clipped away wholly as if it
// were not clipped at all, so icons outside are not drawn.
pragma ComponentBehavior: Bound
import QtQuick
import Controls

Flickable {
    id: root
    property int due: 0 // pictures before each of which it is looked what lies outside
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    clip: true
    onContentYChanged: root.cull()
    onHeightChanged: root.cullSoon()
    onVisibleChanged: root.cullSoon()
    onContentHeightChanged: root.cullSoon()
    Component.onCompleted: root.cullSoon()

    // Rows are put in their places right before a picture is drawn, and this comes after that and before the drawing.
    Connections {
        target: root.Window.window
        enabled: root.due > 0

        function onAfterAnimating(): void {
            root.due -= 1;
            root.cull();
        }
    }

    // Now, because what is drawn outside once is not wiped off; and again when all lies where it will be.
    function cullSoon(): void {
        root.cull();
        root.due = 4;
    }
    function cull(): void {
        root.look(root.contentItem);
    }
    function look(item: Item): void {
        for (const child of item.children) {
            if (child instanceof Icon) {
                const top = child.mapToItem(root, 0, 0).y;
                const edge = child.height / 5; // around the strokes of an icon there is nothing
                child.opacity = top + child.height - edge > 0 && top + edge < root.height ? 1 : 0;
            } else {
                root.look(child);
            }
        }
    }
}
