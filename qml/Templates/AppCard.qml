// SPDX-License-Identifier: Apache-2.0
// One app: its page while it runs, one sentence while it does not. It always says who is speaking.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    required property string app
    required property string name
    required property string emblem
    required property string reason
    required property AppPage page
    property bool named: true
    property bool expandable: false
    property bool expanded: false
    property bool mapped: false // its places are on a map around it
    readonly property bool shows: page.kind !== ""
    readonly property bool held: page.withheld !== ""
    readonly property bool blank: page.loading && !page.filled
    readonly property string text: shows ? page.title : sentence
    readonly property string sentence: reason !== "" ? reason : held ? qsTr("This page is shown when parked.") : qsTr("It shows nothing yet.")
    // A player on a card without room for its list leaves nothing out that would be seen otherwise.
    readonly property bool cut: page.hidden > 0 && (page.kind !== "media" || width - 2 * Style.margin > 620 || height >= 560)
    readonly property string footnote: cut ? qsTr("%1 more when parked").arg(page.hidden) : page.loading && shows && !blank ? qsTr("Loading…") : ""
    // What lies below the content: the last line of it is cut off rather than a button.
    readonly property bool spent: shows && page.steps === 0 && page.depth > 1
    signal grow
    objectName: "appCard_" + app

    Badge {
        visible: !root.shows
        anchors.right: parent.right
        anchors.rightMargin: Style.margin
        y: Style.margin - 18
        width: Math.min(implicitWidth, parent.width * 0.5)
        text: root.name
        emblem: root.emblem
        named: root.named
    }
    PageState {
        id: silent
        objectName: "appReason_" + root.app
        anchors.fill: parent
        anchors.margins: Style.margin
        visible: !root.shows
        glyph: root.reason !== "" ? "info" : root.held ? "parking" : "apps"
        text: root.sentence
    }
    Item {
        anchors.fill: parent
        anchors.margins: Style.margin
        visible: root.shows

        PageHeader {
            id: header
            // A player on a low card whose tab has said the name needs the line for itself.
            readonly property bool spared: !root.named && root.height < 320 && root.page.kind === "media"
            width: parent.width
            height: spared ? 0 : implicitHeight
            visible: !spared
            page: root.page
            app: root.app
            name: root.name
            emblem: root.emblem
            named: root.named
            expandable: root.expandable
            expanded: root.expanded
            tall: root.height > 440
            onGrow: root.grow()
        }
        Label {
            id: under
            objectName: "appSubtitle_" + root.app
            anchors.top: header.bottom
            width: parent.width
            height: visible ? 36 : 0
            visible: root.page.subtitle !== "" && !age.visible
            text: root.page.subtitle
            color: Style.muted
        }
        Row {
            id: age
            anchors.top: header.bottom
            width: parent.width
            height: visible ? 40 : 0
            visible: root.page.stale
            spacing: 10

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "clock"
                size: 26
                color: Style.warn
            }
            Label {
                objectName: "appStale_" + root.app
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - 36
                text: qsTr("Not answering, may be old")
                color: Style.warn
            }
        }
        Item {
            id: body
            anchors.top: age.visible ? age.bottom : under.bottom
            // The name of a low header reaches down to its end, and rows begin here.
            readonly property bool crowded: root.expandable && header.height < 60 && !under.visible && !age.visible && ["list", "grid", "map_with_content"].includes(root.page.kind)
            anchors.topMargin: 12 + (crowded ? Style.apart : 0)
            anchors.bottom: note.top
            anchors.bottomMargin: note.visible || steps.visible || buttons.visible ? 12 : 0
            width: parent.width
            opacity: root.page.stale ? Style.aged : 1

            Loader {
                id: content
                anchors.fill: parent
                visible: !root.blank && root.page.error === ""
                active: root.shows
                sourceComponent: switch (root.page.kind) {
                case "list":
                    return listPage;
                case "grid":
                    return gridPage;
                case "pane":
                    return panePage;
                case "message":
                    return messagePage;
                case "sign_in":
                    return signInPage;
                case "media":
                    return mediaPage;
                case "map_with_content":
                    return mapPage;
                case "route_preview":
                    return routePage;
                case "navigation":
                    return navigationPage;
                case "charge_session":
                    return chargePage;
                default:
                    return null;
                }
            }
            Skeleton {
                objectName: "appLoading_" + root.app
                anchors.fill: parent
                visible: root.blank && root.page.error === ""
            }
            PageState {
                objectName: "appError_" + root.app
                anchors.fill: parent
                visible: root.page.error !== ""
                glyph: "warning"
                ink: Style.warn
                text: root.page.error
            }
        }
        Item {
            id: note
            anchors.bottom: steps.top
            anchors.bottomMargin: steps.visible || buttons.visible ? 12 : 0
            width: parent.width
            height: !visible ? 0 : root.cut ? Style.target : 36
            visible: root.footnote !== ""

            WhyNote {
                objectName: root.cut ? "appMore_" + root.app : ""
                anchors.fill: parent
                visible: root.cut
                topic: "rows"
                text: root.footnote
            }
            Label {
                objectName: "appFootnote_" + root.app
                anchors.fill: parent
                visible: !root.cut
                text: root.footnote
                color: Style.muted
            }
        }
        ActionButton {
            id: steps
            objectName: "appStepsUsed_" + root.app
            anchors.bottom: buttons.top
            anchors.bottomMargin: buttons.visible ? 12 : 0
            x: Style.from(0, width, parent?.width ?? 0)
            width: parent.width - Style.target - 12
            height: visible ? Style.target : 0
            visible: root.spent
            glyph: "home"
            text: qsTr("More when parked. To the first page")
            onClicked: root.page.home()
        }
        IconButton {
            objectName: "appStepsWhy_" + root.app
            anchors.right: parent.right
            anchors.top: steps.top
            visible: steps.visible
            text: qsTr("%1. Why?").arg(steps.text)
            glyph: "question"
            onClicked: Why.ask("steps")
        }
        ActionRow {
            id: buttons
            anchors.bottom: parent.bottom
            width: parent.width
            tag: "appAction_" + root.app + "_"
            actions: root.page.actions
            onChosen: target => root.page.tap(target)
        }
    }

    Component {
        id: listPage
        ListPage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: gridPage
        GridPage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: panePage
        PanePage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: messagePage
        MessagePage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: signInPage
        SignInPage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: mediaPage
        MediaPage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: mapPage
        MapPage {
            page: root.page
            app: root.app
            mapped: root.mapped
        }
    }
    Component {
        id: routePage
        RoutePage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: navigationPage
        NavigationPage {
            page: root.page
            app: root.app
        }
    }
    Component {
        id: chargePage
        ChargePage {
            page: root.page
            app: root.app
        }
    }
    WhyNote {
        objectName: "appWithheldWhy_" + root.app
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        visible: root.held && !root.shows
        centred: true
        topic: "page"
        text: qsTr("Why not now?")
    }
}
