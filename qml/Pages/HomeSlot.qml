// SPDX-License-Identifier: Apache-2.0
// One place of the home page with the card that it shows.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style
import Templates as Apps

Loader {
    id: root
    required property string card
    property bool expandable: false
    property bool expanded: false
    signal grow
    objectName: "homeSlot_" + card
    sourceComponent: {
        switch (root.card) {
        case "energy":
            return energy;
        case "apps":
            return apps;
        case "route":
            return route;
        case "charging":
            return charging;
        case "media":
            return media;
        case "cabin":
            return cabin;
        default:
            return null;
        }
    }

    Component {
        id: energy
        EnergyCard {}
    }
    Component {
        id: apps
        AppArea {
            expandable: root.expandable
            expanded: root.expanded
            onGrow: root.grow()
        }
    }
    Component {
        id: route
        RouteCard {}
    }
    Component {
        id: charging
        ChargeCard {
            // It follows what the energy page follows while it is seen.
            onVisibleChanged: Energy.look(visible)
            Component.onCompleted: if (visible)
                Energy.look(true)
            Component.onDestruction: if (visible)
                Energy.look(false)
        }
    }
    Component {
        id: cabin
        CabinCard {}
    }
    Component {
        id: media
        Card {
            Loader {
                anchors.fill: parent
                active: Media.page !== null && Media.page.kind === "media"
                sourceComponent: NowPlaying {
                    upright: true
                    page: Media.page
                    app: Media.app
                    name: Media.name
                    emblem: Media.emblem
                }
            }
            Apps.PageState {
                objectName: "mediaCardQuiet"
                anchors.fill: parent
                anchors.margins: Style.margin
                visible: Media.page === null || Media.page.kind !== "media"
                glyph: "music"
                text: Media.reason !== "" ? Media.reason : qsTr("Nothing plays now.")
            }
        }
    }
}
