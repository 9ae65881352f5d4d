// SPDX-License-Identifier: Apache-2.0
// Leads a rotary knob or the steering wheel's keys from one button to the next, and draws a ring around where it is.
// Up and left go back, down and right go on, Return presses. A control with `adjusts` keeps left and right for its value.
import QtQuick
import QtQuick.Templates as T
import Style

Item {
    id: root
    property bool rtl: false
    readonly property Item focused: root.Window.activeFocusItem
    readonly property T.Control control: root.focused as T.Control
    readonly property T.AbstractButton button: root.focused as T.AbstractButton
    readonly property bool adjusting: (root.focused as Slider) !== null

    function move(forward: bool): void {
        const start = root.focused ?? root.Window.contentItem;
        const next = start.nextItemInFocusChain(forward);
        next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
        root.reveal(next);
    }
    // What lies outside of its list is moved into it.
    function reveal(item: Item): void {
        for (let above = item.parent; above; above = above.parent) {
            const list = above as Flickable;
            if (list) {
                const top = item.mapToItem(list.contentItem, 0, 0).y;
                if (top < list.contentY)
                    list.contentY = Math.max(list.originY, top - Style.gap);
                else if (top + item.height > list.contentY + list.height)
                    list.contentY = Math.max(list.originY, Math.min(list.originY + list.contentHeight - list.height, top + item.height + Style.gap - list.height));
            }
        }
    }

    Shortcut {
        sequences: ["Down"]
        onActivated: root.move(true)
    }
    Shortcut {
        sequences: ["Up"]
        onActivated: root.move(false)
    }
    Shortcut {
        sequences: ["Right"]
        enabled: !root.adjusting
        onActivated: root.move(!root.rtl)
    }
    Shortcut {
        sequences: ["Left"]
        enabled: !root.adjusting
        onActivated: root.move(root.rtl)
    }
    Shortcut {
        sequences: ["Return", "Enter"]
        enabled: root.button !== null
        onActivated: root.button.click()
    }
    Rectangle {
        objectName: "focusRing"
        parent: root.control ?? root
        anchors.fill: parent
        z: 1
        visible: root.control !== null && root.control.visualFocus
        color: "transparent"
        radius: Style.buttonRadius
        border.width: 4
        border.color: Style.focus

        Rectangle {
            // On a fill of the same light the inner line is what is seen.
            anchors.fill: parent
            anchors.margins: 4
            color: "transparent"
            radius: Style.buttonRadius - 4
            border.width: 2
            border.color: Style.ground
        }
    }
}
