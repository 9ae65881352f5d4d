// SPDX-License-Identifier: Apache-2.0
// The host's own question to the driver. No app can draw or move it; speed and selector stay visible beside it.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    objectName: "promptSheet"
    radius: Style.cardRadius
    color: Style.raised
    border.width: 2
    border.color: Style.accent
    // The host asks for consent in a parked car only; the screen does not rely on it.
    visible: Prompts.shown && (Prompts.kind !== "consent" || Driving.state === "parked")
    implicitHeight: heading.height + words.implicitHeight + lines.contentHeight + Style.target + 6 * Style.gap

    // Touches between its buttons go nowhere: not through to what lies below.
    MouseArea {
        anchors.fill: parent
    }
    Row {
        id: heading
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        y: Style.gap
        width: parent.width - 2 * Style.margin
        height: Math.max(44, title.implicitHeight)
        spacing: Style.gap

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: Prompts.kind === "confirm" ? "car" : Prompts.kind === "payment" ? "info" : "question"
            size: 40
            color: Style.accent
        }
        Label {
            id: title
            objectName: "promptTitle"
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 56
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            text: Prompts.title
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold
        }
    }
    Label {
        id: words
        objectName: "promptText"
        anchors.top: heading.bottom
        anchors.topMargin: Style.gap / 2
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        wrapMode: Text.WordWrap
        maximumLineCount: 4
        text: Prompts.text
        color: Style.muted
    }
    ListView {
        id: lines
        objectName: "promptLines"
        anchors.top: words.bottom
        anchors.topMargin: Style.gap
        anchors.bottom: buttons.top
        anchors.bottomMargin: Style.gap
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        clip: true
        spacing: 8
        currentIndex: -1 // no highlight to animate
        boundsBehavior: Flickable.StopAtBounds
        model: Prompts.items

        delegate: SwitchRow {
            required property var modelData
            width: ListView.view.width
            objectName: "promptLine_" + modelData.key
            title: modelData.title
            detail: modelData.text
            choice: modelData.choice
            on: modelData.on
            onClicked: Prompts.flip(modelData.key)
        }
    }
    Row {
        id: buttons
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.gap
        x: Style.from(Style.margin, width, parent?.width ?? 0)
        width: parent.width - 2 * Style.margin
        spacing: Style.gap

        Repeater {
            id: repeater
            model: Prompts.actions

            PillButton {
                required property var modelData
                objectName: "promptAction_" + modelData.key
                width: (buttons.width - (repeater.count - 1) * buttons.spacing) / repeater.count
                text: modelData.title
                primary: modelData.primary && Prompts.ready
                enabled: Prompts.ready
                onClicked: Prompts.answer(modelData.key)
            }
        }
    }
}
