// SPDX-License-Identifier: Apache-2.0
// The map with the car on it. It follows the car until somebody moves it, and goes back with one touch.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    property var route: [] // latitude, longitude; degrees
    property var stops: [] // to charge at on the way; as markers
    property var markers: [] // key, label, glyph, title, chosen, latitude, longitude
    property bool following: true
    property bool headingUp: false
    property real zoom: Maps.ready ? Math.min(15, Maps.most) : 14
    property real coveredLeft: 0 // pixels of it that something lies on, as the next two
    property real coveredTop: 0
    property real coveredRight: 0
    signal chosen(target: string)
    signal looked

    readonly property bool tiled: Maps.ready && Maps.drawable
    readonly property bool outside: tiled && Location.known && !Maps.covers(Location.latitude, Location.longitude)
    readonly property real bearing: headingUp && Location.directed ? drawnHeading : 0
    readonly property real carTurn: drawnHeading - bearing
    // Where on the screen the middle lies: with the way ahead above it when the map turns with the car.
    readonly property point aim: Qt.point(Math.round((width + coveredLeft - coveredRight) / 2), Math.round(coveredTop + (height - coveredTop) * (headingUp && following ? 0.68 : 0.5)))
    property real carLatitude: 0
    property real carLongitude: 0
    property real drawnHeading: 0
    property real lookLatitude: Maps.latitude
    property real lookLongitude: Maps.longitude

    // Between two positions the car is drawn on its way, as long as the two were apart.
    property var before: ({
            latitude: 0,
            longitude: 0,
            heading: 0
        })
    property var after: before
    property real way: 1
    property real heardAt: 0
    readonly property real farthest: 0.01 // degrees; beyond that it was no drive

    function follow(): void {
        if (!Location.known)
            return;
        const now = Date.now();
        const apart = now - root.heardAt;
        root.heardAt = now;
        const jump = Math.abs(Location.latitude - root.carLatitude) + Math.abs(Location.longitude - root.carLongitude) > root.farthest;
        const turn = ((Location.heading - root.drawnHeading) % 360 + 540) % 360 - 180;
        const from = {
            latitude: root.carLatitude,
            longitude: root.carLongitude,
            heading: root.drawnHeading
        };
        const to = {
            latitude: Location.latitude,
            longitude: Location.longitude,
            heading: root.drawnHeading + turn
        };
        glide.stop();
        root.before = jump ? to : from;
        root.after = to;
        if (jump || apart > 2000 || !root.visible || Style.still) {
            root.way = 1;
            root.advance();
        } else {
            root.way = 0;
            glide.duration = Math.min(1200, Math.max(60, apart * 1.15)); // rather still on its way than waiting for the next
            glide.start();
        }
    }
    // Where the car is drawn and where the map looks change together, or the car would tremble on the map.
    function advance(): void {
        root.carLatitude = root.before.latitude + (root.after.latitude - root.before.latitude) * root.way;
        root.carLongitude = root.before.longitude + (root.after.longitude - root.before.longitude) * root.way;
        root.drawnHeading = root.before.heading + (root.after.heading - root.before.heading) * root.way;
        root.lookAtCar();
    }
    function lookAtCar(): void {
        if (root.following && Location.known) {
            root.lookLatitude = root.carLatitude;
            root.lookLongitude = root.carLongitude;
        }
        root.looked();
    }
    function leave(latitude: real, longitude: real): void {
        root.following = false;
        root.lookLatitude = latitude;
        root.lookLongitude = longitude;
    }
    property bool unframed: false
    onWidthChanged: reframe()
    onHeightChanged: reframe()
    onCoveredLeftChanged: reframe()
    onCoveredRightChanged: reframe()
    onCoveredTopChanged: reframe()
    function reframe(): void {
        if (root.unframed)
            Qt.callLater(root.frame);
    }
    // Shows all places and the car.
    function frame(): void {
        const spots = root.markers.map(marker => [marker.latitude, marker.longitude]);
        if (Location.known)
            spots.push([Location.latitude, Location.longitude]);
        if (root.markers.length === 0 || spots.length < 2)
            return;
        const north = Math.max(...spots.map(spot => spot[0]));
        const south = Math.min(...spots.map(spot => spot[0]));
        const east = Math.max(...spots.map(spot => spot[1]));
        const west = Math.min(...spots.map(spot => spot[1]));
        const middle = (north + south) / 2;
        const wide = Math.max(1e-5, (east - west) / 360);
        const high = Math.max(1e-5, (north - south) / 360 / Math.cos(middle * Math.PI / 180));
        const room = [root.width - root.coveredLeft - root.coveredRight - 200, root.height - root.coveredTop - 120];
        // Before the page has its size there is no room, and no zoom that would fit into it.
        root.unframed = room[0] <= 0 || room[1] <= 0;
        if (root.unframed)
            return;
        root.leave(middle, (east + west) / 2);
        root.zoomTo(Math.min(16, Math.log2(Math.min(room[0] / wide, room[1] / high) / 256)));
        root.looked();
    }
    readonly property string places: markers.map(marker => marker.key).join(" ")
    onPlacesChanged: places === "" ? recentre() : Qt.callLater(frame)
    function zoomTo(zoom: real): void {
        root.zoom = Math.max(root.tiled ? Maps.least : 8, Math.min(root.tiled ? Maps.most + 0.9 : 18, zoom));
    }
    function recentre(): void {
        root.following = true;
        root.lookAtCar();
    }
    onWayChanged: advance()
    onAimChanged: lookAtCar()
    onHeadingUpChanged: Qt.callLater(lookAtCar)
    onVisibleChanged: {
        if (root.visible)
            soon.restart();
    }
    Component.onCompleted: {
        Maps.look();
        follow();
    }

    // A timer goes with the map; a delayed call would reach what is being taken down.
    Timer {
        id: soon
        interval: 0
        onTriggered: root.follow()
    }
    NumberAnimation {
        id: glide
        target: root
        property: "way"
        from: 0
        to: 1
    }
    Connections {
        target: Location
        function onChanged(): void {
            soon.restart();
        }
    }
    Rectangle {
        anchors.fill: parent
        color: Style.mapGround
    }
    Timer {
        id: relight
        interval: 300 // milliseconds; names that are still being made would be lost with complaints
        onTriggered: canvas.load()
    }
    Loader {
        id: canvas
        anchors.fill: parent
        asynchronous: false
        readonly property string drawing: root.tiled ? (Style.night ? "night" : "day") : "plain"
        property string drawn
        onDrawingChanged: relight.restart()
        Component.onCompleted: load()

        function load(): void {
            if (canvas.drawn === canvas.drawing)
                return;
            canvas.drawn = canvas.drawing;
            canvas.setSource(root.tiled ? "TileMap.qml" : "DrawnMap.qml", {
                view: root
            });
        }
    }
    Rectangle {
        visible: notice.text !== ""
        x: Style.mirrored ? 0 : root.width - width
        anchors.bottom: parent.bottom
        width: notice.implicitWidth + 24
        height: 36
        color: Style.surface
        opacity: 0.86
        topLeftRadius: Style.mirrored ? 0 : 14
        topRightRadius: Style.mirrored ? 14 : 0
    }
    Label {
        id: notice
        objectName: "mapNotice"
        x: Style.mirrored ? 12 : root.width - width - 12
        anchors.bottom: parent.bottom
        height: 36
        text: root.tiled ? Maps.notice : ""
        color: Style.muted
    }
    Rectangle {
        visible: hint.text !== ""
        x: root.coveredLeft + (root.width - root.coveredLeft - root.coveredRight - width) / 2
        y: root.height - height - Style.gap - (notice.text !== "" ? 36 : 0)
        width: Math.min(hint.implicitWidth + 48, root.width - root.coveredLeft - root.coveredRight - 2 * Style.margin)
        height: hint.lineCount * 32 + 28
        radius: Style.buttonRadius
        color: Style.surface

        Label {
            id: hint
            objectName: "mapHint"
            anchors.fill: parent
            anchors.leftMargin: 24
            anchors.rightMargin: 24
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            elide: Text.ElideNone // else its lines would depend on the height that follows from them
            text: !Location.known ? qsTr("Where the car is, is not known yet.") : !Maps.drawable ? qsTr("Maps need Qt's add-ons: install PySide6-Addons.") : !Maps.ready ? (Maps.complaint !== "" ? qsTr("The map on board cannot be read. Make it again: %1").arg(Maps.command) : qsTr("No map is on board. This brings one: %1").arg(Maps.command)) : root.outside ? qsTr("The car is outside the map on board.") : ""
            color: Style.muted
        }
    }
    Column {
        // At the side away from what lies on the map, whichever way the language is read.
        x: Style.mirrored ? root.coveredLeft + Style.gap : root.width - root.coveredRight - Style.gap - width
        y: root.coveredTop + Style.gap
        spacing: 8

        MapButton {
            objectName: "mapCloser"
            text: qsTr("Closer")
            glyph: "plus"
            onClicked: root.zoomTo(Math.floor(root.zoom) + 1)
        }
        MapButton {
            objectName: "mapFarther"
            text: qsTr("Farther")
            glyph: "minus"
            onClicked: root.zoomTo(Math.ceil(root.zoom) - 1)
        }
        MapButton {
            objectName: "mapUp"
            text: root.headingUp ? qsTr("North up") : qsTr("Direction of travel up")
            glyph: "compass"
            color: root.headingUp ? Style.accent : Style.text
            onClicked: root.headingUp = !root.headingUp
        }
        MapButton {
            objectName: "mapRecentre"
            visible: !root.following
            text: qsTr("Back to the car")
            glyph: "place"
            filled: true
            color: Style.overAccent
            onClicked: root.recentre()
        }
    }
}
