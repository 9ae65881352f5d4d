// SPDX-License-Identifier: Apache-2.0
// Up to three routes to choose from, beside each other where there is room, below each other where there is not.
pragma ComponentBehavior: Bound
import QtQuick
import Models

Item {
    id: root
    required property AppPage page
    required property string app
    readonly property var content: page.content
    readonly property var routes: content.routes ?? []
    readonly property bool beside: width > 560

    Flickable {
        readonly property int card: 142 // pixels of one below another, with its distance
        width: parent.width
        // Whole cards only: none is cut off by the end of the page.
        height: root.beside ? parent.height : Math.max(1, Math.floor((parent.height + 8) / card)) * card - 8
        contentHeight: cards.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Grid {
            id: cards
            width: parent.width
            columns: root.beside ? Math.max(1, root.routes.length) : 1
            spacing: root.beside ? 12 : 8

            Repeater {
                model: root.routes

                RouteCard {
                    required property var modelData
                    objectName: "appRoute_" + root.app + "_" + modelData.key
                    route: modelData
                    upright: root.beside
                    width: (cards.width - (cards.columns - 1) * cards.spacing) / cards.columns
                    height: root.beside ? Math.min(320, root.height) : 134
                    onClicked: root.page.tap(modelData.key)
                }
            }
        }
    }
    PageState {
        anchors.fill: parent
        visible: root.routes.length === 0
        glyph: "route"
        text: qsTr("No route was found.")
    }
}
