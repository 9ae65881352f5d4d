// SPDX-License-Identifier: Apache-2.0
// Places on a map, and their list beside or below it.
pragma ComponentBehavior: Bound
import QtQuick
import Models
import Style

Item {
    id: root
    required property AppPage page
    required property string app
    property bool mapped: false // the places are on a map around the card
    readonly property var content: page.content
    readonly property bool wide: width > 620
    readonly property bool listed: page.filled

    PlaceMap {
        id: map
        visible: !root.mapped
        app: root.app
        content: root.content
        width: root.wide && root.listed ? Math.round(parent.width * 0.54) : parent.width
        height: root.wide || !root.listed ? parent.height : Math.round(parent.height * (parent.height < 240 ? 0.56 : 0.5))
        onChosen: target => root.page.tap(target)
    }
    RowList {
        visible: root.listed
        anchors.left: root.wide && !root.mapped ? map.right : parent.left
        anchors.leftMargin: root.wide && !root.mapped ? Style.gap : 0
        anchors.right: parent.right
        anchors.top: root.wide || root.mapped ? parent.top : map.bottom
        anchors.topMargin: root.wide || root.mapped ? 0 : 8
        anchors.bottom: parent.bottom
        page: root.page
        app: root.app
    }
}
