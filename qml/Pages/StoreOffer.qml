// SPDX-License-Identifier: Apache-2.0
// One app of the store: what it does, who made it, what it may do; and the buttons that fetch it and stop that.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Settings
import Style

Pane {
    id: root
    property bool parked: false
    signal shown
    tag: "storeTitle"
    title: Store.name
    note: Store.about

    Label {
        objectName: "storeSummary"
        width: parent.width
        text: Store.summary
        wrapMode: Text.WordWrap
        maximumLineCount: 3
    }
    Hint {
        width: parent.width
        tag: "storeRating"
        glyph: "star"
        ink: Store.rated ? Style.text : Style.muted
        text: Store.rating
    }
    PillButton {
        objectName: "storeGet"
        width: parent.width
        visible: !Store.running && (!Store.installed || Store.newer)
        enabled: root.parked && Store.installable
        primary: true
        text: !root.parked ? qsTr("Install when parked") : Store.busy ? qsTr("Another app is being installed") : Store.newer ? qsTr("Update") : Store.broken ? qsTr("Try again") : qsTr("Install")
        onClicked: Store.get()
    }
    WhyNote {
        objectName: "storeGetWhy"
        width: parent.width
        visible: !root.parked && !Store.running && (!Store.installed || Store.newer)
        topic: "setup"
        text: qsTr("Why not now?")
    }
    ProgressBar {
        objectName: "storeProgress"
        width: parent.width
        visible: Store.running
        name: qsTr("How much has come")
        value: Store.progress
        indeterminate: !Store.stoppable
    }
    Hint {
        width: parent.width
        visible: text !== ""
        tag: "storeStep"
        glyph: Store.broken ? "warning" : "download"
        ink: Store.broken ? Style.warn : Style.muted
        text: Store.step
    }
    PillButton {
        objectName: "storeCancel"
        width: parent.width
        visible: Store.stoppable
        text: qsTr("Stop")
        onClicked: Store.cancel()
    }
    PillButton {
        objectName: "storeShow"
        width: parent.width
        visible: Store.installed && !Store.running
        primary: !Store.newer
        text: qsTr("Show it in your apps")
        onClicked: root.shown()
    }
    Hint {
        width: parent.width
        visible: text !== ""
        tag: "storeSigned"
        glyph: Store.known ? "shield" : "warning"
        ink: Store.known ? Style.good : Style.warn
        text: Store.signed
    }
    Hint {
        width: parent.width
        visible: text !== ""
        tag: "storeProblem"
        glyph: "warning"
        ink: Style.warn
        text: Store.problem
    }
    Column {
        width: parent.width
        visible: Store.changes !== ""
        topPadding: 8
        spacing: 4

        SectionHeader {
            width: parent.width
            text: qsTr("What is new")
        }
        Label {
            objectName: "storeChanges"
            width: parent.width
            text: Store.changes
            wrapMode: Text.WordWrap
            maximumLineCount: 4
        }
    }
    SectionHeader {
        width: parent.width
        visible: Store.trust !== ""
        topPadding: 8
        text: qsTr("What it may do. %1").arg(Store.trust)
    }
    Repeater {
        model: Store.permissions

        Row {
            id: line
            required property string title
            required property string text
            required property string glyph
            width: parent?.width ?? 0
            spacing: Style.gap

            Icon {
                name: line.glyph
                size: 32
                opacity: 0 // until the pane knows whether it lies inside
                color: Style.muted
            }
            Column {
                width: line.width - 32 - line.spacing

                Label {
                    width: parent.width
                    text: line.title
                    wrapMode: Text.WordWrap
                    maximumLineCount: 3
                }
                Label {
                    width: parent.width
                    text: line.text
                    color: Style.muted
                    wrapMode: Text.WordWrap
                    maximumLineCount: 3
                }
            }
        }
    }
}
