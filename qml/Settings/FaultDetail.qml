// SPDX-License-Identifier: Apache-2.0
// One fault: what is off, how one knows, the button that ends it, and the log to read first.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Pane {
    id: root
    property bool setup: true
    readonly property bool held: Resolution.parked && !root.setup
    tag: "faultTitle"
    title: ""

    Label {
        objectName: "faultSentence"
        width: parent.width
        text: Resolution.sentence
        font.pixelSize: Style.primary
        font.weight: Font.DemiBold
        wrapMode: Text.WordWrap
        maximumLineCount: 4
    }
    Label {
        objectName: "faultHint"
        width: parent.width
        visible: text !== "" && !Resolution.reading
        text: Resolution.hint
        color: Style.muted
        wrapMode: Text.WordWrap
        maximumLineCount: 4
    }
    PillButton {
        objectName: "faultFix"
        width: parent.width
        visible: Resolution.action !== "" && !Resolution.reading
        primary: !root.held
        enabled: !root.held && !Resolution.busy
        text: root.held ? qsTr("%1 when parked").arg(Resolution.action) : Resolution.busy ? qsTr("Under way…") : Resolution.action
        onClicked: Resolution.fix()
    }
    WhyNote {
        objectName: "faultFixWhy"
        width: parent.width
        visible: root.held && Resolution.action !== "" && !Resolution.reading
        topic: "repair"
        text: qsTr("Why not now?")
    }
    Label {
        width: parent.width
        topPadding: 4
        visible: !Resolution.reading
        text: qsTr("How the car knows")
        color: Style.muted
    }
    Repeater {
        model: Resolution.reading ? null : Resolution.evidence

        LedgerRow {
            required property string source
            required property string said
            objectName: "evidence"
            width: parent?.width ?? 0
            when: source
            text: said
        }
    }
    LedgerRow {
        objectName: "faultRule"
        width: parent.width
        visible: Resolution.rule !== "" && !Resolution.reading
        when: qsTr("The rule")
        text: Resolution.rule
    }
    LedgerRow {
        width: parent.width
        visible: Resolution.since !== "" && !Resolution.reading
        when: qsTr("Since")
        text: Resolution.since
    }
    PillButton {
        objectName: "faultLog"
        width: parent.width
        visible: Resolution.source !== "" && root.setup
        text: Resolution.reading ? qsTr("Close the log") : qsTr("Read the log of %1").arg(Resolution.source)
        onClicked: Resolution.show(!Resolution.reading)
    }
    FaultLog {
        width: parent.width
        visible: Resolution.reading && root.setup
    }
}
