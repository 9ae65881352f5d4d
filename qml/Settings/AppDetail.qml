// SPDX-License-Identifier: Apache-2.0
// One app: what it is, what it may do, what it did, and the buttons that open, end and start it.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Pane {
    id: root
    property string app
    property string name
    property string life // state of the app
    property string reason
    property bool startable: false
    property bool stoppable: false
    property bool setup: true
    property string view: "may"
    property bool removing: false
    readonly property bool ratable: Driving.state === "parked" && Store.removable === root.app
    onRatableChanged: if (!root.ratable && root.view === "rate")
        root.view = "may"
    readonly property bool waiting: life === "stopped_needs_consent"
    signal opened
    tag: "appTitle"
    title: Permissions.title !== "" ? Permissions.title : root.name
    note: Permissions.trust !== "" ? qsTr("%1. %2").arg(Permissions.trust).arg(Permissions.box) : ""
    onAppChanged: {
        root.removing = false;
        root.view = "may";
        Store.consider(root.app);
        Permissions.look(root.app);
        AppLedger.open(root.app);
    }
    Component.onCompleted: {
        Store.consider(root.app);
        Permissions.look(root.app);
        AppLedger.open(root.app);
    }
    Component.onDestruction: {
        Permissions.close();
        AppLedger.open("");
    }

    function read(): void {
        if (root.view === "may")
            Permissions.refresh();
        else if (root.view === "did")
            AppLedger.open(root.app);
        else
            AppRating.look(root.app);
    }

    Timer {
        interval: 2000
        repeat: true
        running: root.visible
        onTriggered: root.read()
    }
    Timer {
        id: laid
        interval: 50 // the stars have their place by then
        onTriggered: root.reveal(views)
    }
    Hint {
        width: parent.width
        visible: text !== ""
        tag: "appWhy"
        text: root.reason
    }
    Row {
        id: buttons
        width: parent.width
        spacing: Style.gap
        readonly property int count: (open.visible ? 1 : 0) + (stop.visible ? 1 : 0) + (start.visible ? 1 : 0) + (decide.visible ? 1 : 0)
        readonly property real share: (width - (count - 1) * spacing) / Math.max(1, count)

        PillButton {
            id: open
            objectName: "appOpen"
            width: buttons.share
            visible: root.life === "running" || root.life === "frozen"
            primary: true
            text: qsTr("Open")
            onClicked: root.opened()
        }
        PillButton {
            id: stop
            objectName: "appStop"
            width: buttons.share
            visible: root.stoppable
            text: qsTr("Stop")
            onClicked: Apps.stop(root.app)
        }
        PillButton {
            id: start
            objectName: "appStart"
            width: buttons.share
            visible: root.startable
            primary: true
            text: qsTr("Start again")
            onClicked: Apps.start(root.app)
        }
        PillButton {
            id: decide
            objectName: "appDecide"
            width: buttons.share
            visible: root.waiting
            enabled: root.setup
            primary: root.setup
            text: root.setup ? qsTr("Decide what it may do") : qsTr("Decide when parked")
            onClicked: Permissions.review(root.app)
        }
    }
    WhyNote {
        objectName: "appDecideWhy"
        width: parent.width
        visible: decide.visible && !root.setup
        topic: "setup"
        text: qsTr("Why not now?")
    }
    SegmentedControl {
        id: views
        width: parent.width
        tag: "appView_"
        title: root.view === "may" ? qsTr("Each switch takes effect at once.") : root.view === "rate" ? qsTr("What do you think of it?") : AppLedger.remark
        value: root.view
        options: root.ratable ? [...both, rating] : both
        readonly property var both: [
            {
                "key": "may",
                "text": qsTr("May do")
            },
            {
                "key": "did",
                "text": qsTr("Did")
            }
        ]
        readonly property var rating: ({
                "key": "rate",
                "text": qsTr("Rating")
            })
        onChosen: key => {
            root.view = key;
            root.read();
            if (key === "rate")
                laid.start();
        }
    }
    Repeater {
        model: root.view === "may" ? Permissions.items : null

        SwitchRow {
            required property var modelData
            objectName: "appMay_" + modelData.key
            x: Style.from(-Style.gap, width, parent?.width ?? 0)
            width: (parent?.width ?? 0) + 2 * Style.gap
            title: modelData.title
            detail: modelData.text
            choice: modelData.choice && (root.setup || modelData.on)
            on: modelData.on
            onClicked: Permissions.change(modelData.key, !modelData.on)
        }
    }
    Hint {
        width: parent.width
        visible: root.view === "did" && !AppLedger.whole
        glyph: "warning"
        ink: Style.warn
        text: AppLedger.remark
    }
    Repeater {
        model: root.view === "did" ? AppLedger.rows : null

        LedgerRow {
            required property var model
            width: parent?.width ?? 0
            denied: model.denied === true
        }
    }
    WhyNote {
        objectName: "ledgerMore"
        width: parent.width
        visible: root.view === "did" && AppLedger.rows.hidden > 0
        topic: "rows"
        text: qsTr("%1 more when parked").arg(AppLedger.rows.hidden)
    }
    Loader {
        width: parent.width
        active: root.view === "rate"
        visible: active
        sourceComponent: AppRatingView {
            parked: root.ratable
        }
    }
    PillButton {
        objectName: "appRemove"
        width: parent.width
        visible: root.setup && root.view !== "rate" && Store.removable === root.app
        text: root.removing ? qsTr("Do not remove it") : qsTr("Remove it")
        onClicked: root.removing = !root.removing
    }
    Hint {
        width: parent.width
        visible: root.removing
        text: qsTr("What you allowed is forgotten either way. What it has kept can stay for when you install it again.")
    }
    PillButton {
        objectName: "appRemoveKeep"
        width: parent.width
        visible: root.removing
        text: qsTr("Remove it, keep its data")
        onClicked: Store.remove(root.app, true)
    }
    PillButton {
        objectName: "appRemoveAll"
        width: parent.width
        visible: root.removing
        text: qsTr("Remove it and its data")
        onClicked: Store.remove(root.app, false)
    }
}
