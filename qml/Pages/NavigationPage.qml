// SPDX-License-Identifier: Apache-2.0
// The map, and on it what the app says that guides: the next turn, the rest of the way, routes, places. Without such an
// app the map and the car on it; a way is never made up.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Map
import Models
import Navigation
import Style
import Templates

Item {
    id: root
    objectName: "navigationPage"
    readonly property int inset: Style.inset(width)
    readonly property bool upright: height > width
    readonly property bool guided: Guidance.count > 0
    readonly property AppPage page: Guidance.page
    // Places of the app belong on the car's own map; the app's card keeps their list.
    readonly property var markers: page !== null && page.kind === "map_with_content" ? page.content.markers ?? [] : []
    readonly property bool guiding: page !== null && page.kind === "navigation"
    readonly property string shape: guiding ? page.content.route ?? "" : ""
    readonly property int looked: visible ? Guidance.number : -1
    onLookedChanged: Apps.look(looked)
    Component.onCompleted: Apps.look(looked)
    Component.onDestruction: Apps.look(-1)

    MapView {
        id: map
        objectName: "navigationMap"
        anchors.fill: parent
        markers: root.markers
        route: Maps.line(root.shape)
        stops: root.guiding ? root.page.content.stops ?? [] : []
        headingUp: root.guiding
        coveredLeft: root.guided && !root.upright && !Style.mirrored ? panel.x + panel.width : 0
        coveredRight: root.guided && !root.upright && Style.mirrored ? panel.width + root.inset : 0
        coveredTop: root.guided && root.upright ? panel.y + panel.height : 0
        onChosen: target => root.page?.tap(target)
    }
    Item {
        id: panel
        visible: root.guided
        x: Style.mirrored ? parent.width - width - root.inset : root.inset
        y: root.inset
        width: root.upright ? parent.width - 2 * root.inset : parent.width > 1500 ? 520 : parent.width < 1000 ? 384 : 432
        height: root.upright ? 480 : parent.height - 2 * root.inset

        AppStrip {
            id: strip
            width: parent.width
            choice: Guidance
            tag: "navigationSource_"
        }
        Loader {
            anchors.fill: parent
            anchors.topMargin: strip.visible ? strip.height + 8 : 0
            active: root.guided
            sourceComponent: AppCard {
                app: Guidance.app
                name: Guidance.name
                emblem: Guidance.emblem
                reason: Guidance.reason
                page: Guidance.page
                mapped: true
            }
        }
        PillButton {
            objectName: "navigationStart"
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Style.margin
            visible: Guidance.startable
            primary: true
            text: qsTr("Start again")
            onClicked: Apps.start(Guidance.app)
        }
    }
    Card {
        visible: !root.guided
        x: Style.mirrored ? parent.width - width - root.inset : root.inset
        y: root.inset
        width: Math.min(432, parent.width - 2 * root.inset - 110)
        height: Math.max(Style.target, words.height) + 2 * Style.gap

        Icon {
            id: sign
            x: Style.margin
            anchors.verticalCenter: parent.verticalCenter
            name: "route"
            size: 40
            weight: 1.6
            color: Style.muted
        }
        Label {
            id: words
            objectName: "navigationNone"
            anchors.left: sign.right
            anchors.leftMargin: 20
            anchors.right: apps.left
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            wrapMode: Text.Wrap
            maximumLineCount: 3
            text: qsTr("No app on board guides to a place.")
            color: Style.muted
        }
        IconButton {
            id: apps
            objectName: "navigationApps"
            anchors.right: parent.right
            anchors.rightMargin: Style.gap
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Look at the apps")
            glyph: "apps"
            onClicked: Router.go("apps", "")
        }
    }
}
