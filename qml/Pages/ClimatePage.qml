// SPDX-License-Identifier: Apache-2.0
// The air of each front seat, what warms and clears, and departures for which the cabin is made ready.
pragma ComponentBehavior: Bound
import QtQuick
import Models
import Style

Item {
    id: root
    objectName: "climatePage"
    property bool planning: false
    property bool _looking: false
    readonly property bool tall: height > width
    readonly property bool wide: width > 1500
    readonly property bool small: !tall && height < 480
    readonly property int inset: small ? Style.gap : Style.margin
    readonly property int gap: small ? 12 : Style.gap
    readonly property int inner: width - 2 * inset
    readonly property int barHeight: small ? Style.target : 84
    readonly property int upper: tall ? 580 : height - 2 * inset - gap - barHeight
    readonly property int zone: tall ? (inner - gap) / 2 : small ? 302 : 330
    readonly property bool same: Climate.driver.known && Climate.passenger.known && Climate.driver.value === Climate.passenger.value

    function look(): void {
        if (root.visible === root._looking)
            return;
        root._looking = root.visible;
        Comfort.look(root.visible);
    }
    onVisibleChanged: root.look()
    Component.onCompleted: root.look()
    Component.onDestruction: {
        if (root._looking)
            Comfort.look(false);
        Departures.cancel();
    }

    Item {
        id: air
        visible: !root.planning || root.tall || root.wide
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.wide ? root.inner - 540 - root.gap : root.inner
        height: root.tall ? root.upper + root.gap + 420 : root.wide ? root.height - 2 * root.inset : root.upper

        ZoneCard {
            id: driver
            width: root.zone
            height: root.tall ? root.upper : parent.height
            rows: root.small ? 3 : 4
            title: qsTr("Driver")
            tag: "zoneDriver"
            temperature: Climate.driver
            fan: Climate.fan
            air: Comfort.air
            heat: Comfort.seat
        }
        ZoneCard {
            x: parent.width - width
            width: root.zone
            height: driver.height
            rows: driver.rows
            title: qsTr("Passenger")
            tag: "zonePassenger"
            temperature: Climate.passenger
            fan: Comfort.fan
            air: Comfort.otherair
            heat: Comfort.otherseat
        }
        Grid {
            id: tiles
            readonly property int rows_: root.tall ? 3 : Math.max(3, Math.ceil(9 / columns))
            x: root.tall ? 0 : root.zone + root.gap
            y: root.tall ? root.upper + root.gap : 0
            width: root.tall ? parent.width : parent.width - 2 * (root.zone + root.gap)
            height: root.tall ? 420 : parent.height
            columns: 3
            spacing: root.gap
            readonly property real cellWidth: (width - (columns - 1) * spacing) / columns
            readonly property real cellHeight: (height - (rows_ - 1) * spacing) / rows_

            Tile {
                objectName: "climateSync"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Sync")
                glyph: "sync"
                enabled: Climate.driver.known && Climate.passenger.known
                on: root.same
                detail: !enabled ? "—" : root.same ? qsTr("Both sides alike") : qsTr("Take driver's")
                onClicked: Climate.passenger.set(Climate.driver.aim)
            }
            SettingTile {
                objectName: "pageCooling"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("A/C")
                symbol: "snow"
                setting: Climate.cooling
            }
            SettingTile {
                objectName: "pageRecirculation"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Recirculate")
                symbol: "recirculate"
                setting: Climate.recirculation
            }
            SettingTile {
                objectName: "pageDefrost"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Defrost")
                symbol: "defrost"
                setting: Climate.defrost
            }
            SettingTile {
                objectName: "pageRearDefrost"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Rear")
                glyph: "reardefrost"
                setting: Comfort.rear
            }
            SettingTile {
                objectName: "pageScreenHeat"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Screen")
                glyph: "screenheat"
                setting: Comfort.screen
            }
            SettingTile {
                objectName: "pageMirrorHeat"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Mirrors")
                glyph: "mirrorheat"
                setting: Comfort.mirrors
            }
            HeatTile {
                objectName: "pageWheelHeat"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Wheel")
                glyph: "wheelheat"
                setting: Comfort.wheel
            }
            Tile {
                objectName: "climateOff"
                readonly property bool blowing: Climate.fan.value > 0 || Comfort.fan.value > 0
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Fan")
                symbol: "fan"
                enabled: Climate.fan.known && Comfort.fan.known
                on: enabled && blowing
                pending: Climate.fan.pending || Comfort.fan.pending
                detail: !enabled ? "—" : blowing ? qsTr("On") : qsTr("Off")
                onClicked: {
                    const aim = blowing ? 0 : 40;
                    Climate.fan.set(aim);
                    Comfort.fan.set(aim);
                }
            }
        }
    }
    DepartureBar {
        visible: !root.wide && !root.tall
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.height - root.inset - height
        width: root.inner
        height: root.barHeight
        open: root.planning
        onClicked: root.planning = !root.planning
    }
    Loader {
        active: root.planning || root.wide || root.tall
        x: Style.from(root.wide ? root.width - root.inset - width : root.inset, width, parent?.width ?? 0)
        y: root.tall ? air.y + air.height + root.gap : root.inset
        width: root.wide ? 540 : root.inner
        height: root.tall ? root.height - y - root.inset : root.wide ? root.height - 2 * root.inset : root.upper
        sourceComponent: DeparturePanel {
            titled: root.wide || root.tall
        }
    }
}
