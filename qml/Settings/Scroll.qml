// SPDX-License-Identifier: Apache-2.0
// Content that may be longer than its place. The software scene graph draws a shape that is clipped away wholly as if it
// were not clipped at all, so icons outside are not drawn.
pragma ComponentBehavior: Bound
import QtQuick
import Controls

Flickable {
    id: root
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentHeight > height
    clip: true
    onContentYChanged: root.cull()
    onHeightChanged: root.cullSoon()
    onVisibleChanged: root.cullSoon()
    onContentHeightChanged: root.cullSoon()
    Component.onCompleted: root.cullSoon()

    Timer {
        id: later
        property int again: 0
        interval: 40 // rows are put in their places when a picture is about to be drawn, not before
        onTriggered: {
            root.cull();
            if (again-- > 0)
                restart();
        }
    }

    // Now, because what is drawn outside once is not wiped off; and again when all lies where it will be.
    function cullSoon(): void {
        root.cull();
        later.again = 2;
        later.restart();
    }
    function cull(): void {
        root.look(root.contentItem);
    }
    function look(item: Item): void {
        for (const child of item.children) {
            if (child instanceof Icon) {
                const top = child.mapToItem(root, 0, 0).y;
                child.opacity = top + child.height > 0 && top < root.height ? 1 : 0;
            } else {
                root.look(child);
            }
        }
    }
}
