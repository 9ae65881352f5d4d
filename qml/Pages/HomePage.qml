// SPDX-License-Identifier: Apache-2.0
// What a driver needs at a glance: the drive in its place, and cards beside it in the driver's own order.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    objectName: "homePage"
    readonly property bool wide: width > 1500
    readonly property bool narrow: width < 1000
    readonly property bool upright: height > width
    readonly property int inset: Style.inset(width)
    readonly property real across: width - 2 * inset
    readonly property real down: height - 2 * inset
    property bool arranging: false
    property bool expanded: false // the apps take all places
    readonly property bool arrangeable: Driving.setup
    onArrangeableChanged: if (!arrangeable)
        arranging = false

    // Cards that have something to say now; the others step back.
    readonly property var speaking: {
        const cards = ["energy"];
        if (Apps.count > 0 || !Processes.apphost.fine)
            cards.push("apps");
        if (Guidance.page !== null && Guidance.page.kind === "navigation")
            cards.push("route");
        if (Vehicle.charging.known && Vehicle.charging.value > 0)
            cards.push("charging");
        if (Media.page !== null && Media.page.kind === "media")
            cards.push("media");
        if (Vehicle.cabin.known)
            cards.push("cabin");
        return cards;
    }
    readonly property int places: upright || wide ? 3 : 2
    readonly property var cards: Home.arrange(Home.order, speaking, places)
    // Where the places lie: the energy card needs less room than the others.
    readonly property real slim: narrow ? 228 : wide ? 400 : 320
    readonly property int slims: cards.filter(card => card === "energy").length
    readonly property real begin: 2 * inset + cluster.width
    readonly property real room: width - begin - inset
    readonly property real share: (room - slims * slim - (places - 1) * inset) / Math.max(1, places - slims)

    // Where something of this width lies: everything begins at the driver's side.
    function place(start: real, extent: real): real {
        return Style.mirrored ? width - start - extent : start;
    }
    function extent(number: int): real {
        return root.cards[number] === "energy" ? root.slim : root.share;
    }
    function start(number: int): real {
        let at = root.begin;
        for (let before = 0; before < number; before++)
            at += root.extent(before) + root.inset;
        return at;
    }

    DriveCluster {
        id: cluster
        x: root.place(root.inset, width)
        y: root.inset
        width: root.upright ? (root.across - root.inset) * 0.56 : Style.driveWidth(root.width)
        height: root.upright ? 560 : root.down
    }
    Repeater {
        model: root.places // and not the cards: a place keeps its card when another one changes

        HomeSlot {
            id: slot
            required property int index
            readonly property string name: root.cards[index] ?? ""
            readonly property bool whole: root.expanded && name === "apps"
            readonly property real begins: root.upright ? (index === 0 ? root.begin : index === 1 ? root.inset : root.inset + (root.across + root.inset) / 2) : whole ? root.begin : root.start(index)
            card: name
            visible: (!root.expanded || root.upright || whole) && !root.arranging
            expandable: !root.upright
            expanded: whole
            onGrow: root.expanded = !root.expanded
            width: root.upright ? (index === 0 ? root.room : (root.across - root.inset) / 2) : whole ? root.room : root.extent(index)
            x: root.place(begins, width)
            y: root.upright && index > 0 ? 2 * root.inset + cluster.height : root.inset
            height: root.upright && index > 0 ? root.inset + root.down - y : cluster.height
        }
    }
    IconButton {
        objectName: "homeArrange"
        visible: root.arrangeable
        x: root.place(root.inset - 8, width)
        y: root.inset - 8
        activeFocusOnTab: true
        text: qsTr("Arrange the cards")
        glyph: root.arranging ? "close" : "edit"
        color: Style.muted
        flat: true
        onClicked: root.arranging = !root.arranging
    }
    Loader {
        active: root.arranging
        x: root.place(root.upright ? root.inset : root.begin, width)
        y: root.upright ? 2 * root.inset + cluster.height : root.inset
        width: root.upright ? root.across : root.room
        height: root.inset + root.down - y
        sourceComponent: ArrangeSheet {
            speaking: root.speaking
            onDone: root.arranging = false
        }
    }
}
