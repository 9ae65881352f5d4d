// SPDX-License-Identifier: Apache-2.0
// The car from above with its tyres, what it says of itself, and what can be opened, locked and lit.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    objectName: "vehiclePage"
    property bool windows: false
    property bool _looking: false
    readonly property bool tall: height > width
    readonly property bool wide: width > 1500
    readonly property bool small: !tall && height < 480
    readonly property int inset: small ? Style.gap : Style.margin
    readonly property int gap: small ? 12 : Style.gap
    readonly property int inner: width - 2 * inset
    readonly property rect view: tall ? Qt.rect(inset, inset, inner, height * 0.5) : Qt.rect(inset, inset, wide ? 640 : small ? 404 : Math.round(inner * 0.42), height - 2 * inset)
    readonly property rect panel: tall ? Qt.rect(inset, view.y + view.height + gap, inner, height - view.height - 2 * inset - gap) : Qt.rect(view.x + view.width + gap, inset, inner - view.width - gap, height - 2 * inset)

    function look(): void {
        if (root.visible === root._looking)
            return;
        root._looking = root.visible;
        Body.look(root.visible);
        Tyres.look(root.visible);
    }
    onVisibleChanged: root.look()
    Component.onCompleted: root.look()
    Component.onDestruction: {
        if (root._looking) {
            Body.look(false);
            Tyres.look(false);
        }
    }

    Card {
        id: stage
        x: root.view.x
        y: root.view.y
        width: root.view.width
        height: root.view.height

        readonly property real reach: 93 * car.unit + 16
        readonly property real front: car.y + car.height / 2 + (95 - 220) * car.unit - 39
        readonly property real rear: car.y + car.height / 2 + (349 - 220) * car.unit - 39

        CarTop {
            id: car
            opacity: Body.driver.opened.known ? 1 : 0.5 // what is open is not known
            anchors.fill: parent
            anchors.topMargin: root.small ? 22 : 34
            anchors.bottomMargin: 14
        }
        TyreBadge {
            x: stage.width / 2 - stage.reach - width
            y: stage.front
            mirrored: true
            bare: root.small
            tyre: Tyres.frontleft
            tag: "tyreFrontLeft"
        }
        TyreBadge {
            x: stage.width / 2 + stage.reach
            y: stage.front
            bare: root.small
            tyre: Tyres.frontright
            tag: "tyreFrontRight"
        }
        TyreBadge {
            x: stage.width / 2 - stage.reach - width
            y: stage.rear
            mirrored: true
            bare: root.small
            tyre: Tyres.rearleft
            tag: "tyreRearLeft"
        }
        TyreBadge {
            x: stage.width / 2 + stage.reach
            y: stage.rear
            bare: root.small
            tyre: Tyres.rearright
            tag: "tyreRearRight"
        }
    }
    Item {
        id: side
        visible: !root.windows
        x: root.panel.x
        y: root.panel.y
        width: root.panel.width
        height: root.panel.height
        readonly property int columns: root.wide ? 1 : 3
        readonly property int factsWidth: root.wide ? Math.round(width * 0.36) : width
        readonly property int factsHeight: root.wide ? height - health.height - root.gap : root.tall ? 130 : root.small ? 106 : 124

        Card {
            id: facts
            width: side.factsWidth
            height: side.factsHeight

            Grid {
                id: factGrid
                x: 24
                anchors.verticalCenter: parent.verticalCenter
                columns: side.columns
                columnSpacing: 12
                rowSpacing: root.wide ? 26 : 0
                readonly property real cell: (facts.width - 48 - (columns - 1) * columnSpacing) / columns

                Fact {
                    width: factGrid.cell
                    name: root.small ? qsTr("12 V") : qsTr("12 V battery")
                    unit: qsTr("V")
                    tag: "lowVoltageValue"
                    reading: Body.lowvoltage
                }
                Fact {
                    width: factGrid.cell
                    name: alert ? qsTr("Service due") : qsTr("Service in")
                    unit: Units.distance
                    tag: "serviceValue"
                    alert: Body.due.known && Body.due.value > 0
                    reading: Body.service
                }
                Fact {
                    width: factGrid.cell
                    name: root.small ? qsTr("Washer") : qsTr("Washer fluid")
                    unit: "%"
                    tag: "washerValue"
                    alert: Body.washer.known && Body.washer.value < 15
                    reading: Body.washer
                }
            }
        }
        HealthRow {
            id: health
            y: facts.height + root.gap
            width: side.factsWidth
            height: root.tall ? 96 : root.small ? Style.target : 84
        }
        Grid {
            id: tiles
            readonly property int rows_: root.wide || root.tall ? 3 : 2
            x: root.wide ? side.factsWidth + root.gap : 0
            y: root.wide ? 0 : health.y + health.height + root.gap
            columns: 6 / rows_
            spacing: root.gap
            readonly property real cellWidth: (side.width - x - (columns - 1) * spacing) / columns
            readonly property real cellHeight: (side.height - y - (rows_ - 1) * spacing) / rows_

            Tile {
                objectName: "vehicleLocks"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Locks")
                symbol: Body.locks.all ? "lock" : "unlock"
                enabled: Body.locks.known
                pending: Body.locks.pending
                alert: Body.locks.known && Body.locks.some && !Body.locks.all
                detail: !Body.locks.known ? "—" : Body.locks.all ? qsTr("Locked") : Body.locks.some ? qsTr("Partly") : qsTr("Unlocked")
                onClicked: Body.locks.flip()
            }
            Tile {
                objectName: "vehicleWindows"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Windows")
                glyph: "window"
                enabled: Body.windows.known
                pending: Body.windows.pending
                alert: Body.windows.some
                detail: !Body.windows.known ? "—" : Body.windows.some ? qsTr("Open") : qsTr("Closed")
                onClicked: root.windows = true
            }
            SettingTile {
                objectName: "vehicleBoot"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Boot")
                glyph: "boot"
                setting: Body.boot
                onText: qsTr("Open")
                offText: qsTr("Closed")
            }
            SettingTile {
                objectName: "vehicleMirrors"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Mirrors")
                glyph: "mirror"
                setting: Body.mirrors
                onText: qsTr("Folded")
                offText: qsTr("Unfolded")
            }
            SettingTile {
                objectName: "vehicleLight"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Light")
                glyph: "dome"
                setting: Body.light
            }
            SettingTile {
                objectName: "vehicleAmbient"
                width: tiles.cellWidth
                height: tiles.cellHeight
                text: qsTr("Ambient")
                glyph: "ambient"
                setting: Body.ambient
            }
        }
    }
    Loader {
        active: root.windows
        x: root.panel.x
        y: root.panel.y
        width: root.panel.width
        height: root.panel.height
        sourceComponent: WindowPanel {
            onClosed: root.windows = false
        }
    }
}
