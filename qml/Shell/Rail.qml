// SPDX-License-Identifier: Apache-2.0
// The pages of the cabin. What does not fit is behind the last entry.
pragma ComponentBehavior: Bound
import QtQuick
import Navigation
import Style

Rectangle {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    objectName: "rail"
    property bool across: false // above the climate bar of an upright display instead of down the side
    readonly property var pages: [
        {
            page: "home",
            glyph: "home",
            name: qsTr("Home")
        },
        {
            page: "navigation",
            glyph: "route",
            name: qsTr("Navigation")
        },
        {
            page: "media",
            glyph: "music",
            name: qsTr("Media")
        },
        {
            page: "energy",
            glyph: "bolt",
            name: qsTr("Energy")
        },
        {
            page: "climate",
            glyph: "fan",
            name: qsTr("Climate")
        },
        {
            page: "vehicle",
            glyph: "car",
            name: qsTr("Vehicle")
        },
        {
            page: "phone",
            glyph: "phone",
            name: qsTr("Phone")
        },
        {
            page: "apps",
            glyph: "apps",
            name: qsTr("Apps")
        },
        {
            page: "settings",
            glyph: "settings",
            name: qsTr("Settings")
        }
    ]
    readonly property real extent: across ? width : height
    readonly property int room: Math.floor((extent + 1) / Style.target)
    readonly property real step: extent / Math.max(1, Math.min(room, pages.length))
    readonly property int direct: room >= pages.length ? pages.length : Math.max(0, room - 1)
    property bool more: false
    color: Style.surface
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")
    onDirectChanged: more = false

    function choose(page: string): void {
        root.more = false;
        Router.go(page, "");
    }

    Repeater {
        model: root.direct

        RailButton {
            required property int index
            readonly property var entry: root.pages[index]
            objectName: "rail_" + entry.page
            x: root.across ? index * root.step : 0
            y: root.across ? 0 : index * root.step
            width: root.across ? root.step : root.width
            height: root.across ? root.height : root.step
            text: entry.name
            glyph: entry.glyph
            checked: Router.page === entry.page || (Router.page === "store" && entry.page === "apps")
            onClicked: root.choose(entry.page)
        }
    }
    RailButton {
        objectName: "rail_more"
        visible: root.direct < root.pages.length
        x: root.across ? root.direct * root.step : 0
        y: root.across ? 0 : root.direct * root.step
        width: root.across ? root.step : root.width
        height: root.across ? root.height : root.step
        text: qsTr("More pages")
        glyph: "more"
        checked: !root.more && root.pages.slice(root.direct).some(entry => entry.page === Router.page)
        onClicked: root.more = !root.more
    }
    Rectangle {
        objectName: "railMore"
        visible: root.more && root.direct < root.pages.length
        x: root.across ? root.width - width - Style.gap : Style.mirrored ? -width - 8 : root.width + 8
        y: root.across ? -height - 8 : root.height - height - 8
        width: rest.width + 16
        height: rest.height + 16
        radius: Style.cardRadius
        color: Style.raised
        border.width: 1
        border.color: Style.pressed

        Row {
            id: rest
            x: 8
            y: 8

            Repeater {
                model: root.more ? root.pages.length - root.direct : 0

                RailButton {
                    required property int index
                    readonly property var entry: root.pages[root.direct + index]
                    objectName: "rail_" + entry.page
                    width: 88
                    height: Style.target
                    text: entry.name
                    glyph: entry.glyph
                    checked: Router.page === entry.page
                    onClicked: root.choose(entry.page)
                }
            }
        }
    }
}
