// SPDX-License-Identifier: Apache-2.0
// Details of one thing.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property AppPage page
    required property string app
    readonly property var content: page.content
    readonly property bool pictured: root.page.picture !== "" && width > 560

    Picture {
        id: picture
        anchors.left: parent.left
        visible: root.pictured
        width: Math.min(240, parent.height)
        height: width
        source: root.page.picture
        glyph: "info"
        corner: 20
    }
    Flickable {
        id: scroll
        anchors.fill: parent
        anchors.leftMargin: root.pictured ? picture.width + Style.margin : 0
        contentHeight: facts.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Grid {
            id: facts
            readonly property bool two: width > 640 && (root.content.facts ?? []).length > 1
            width: parent.width
            columns: two ? 2 : 1
            columnSpacing: 32

            Repeater {
                model: root.content.facts ?? []

                Item {
                    id: fact
                    required property var modelData
                    required property int index
                    readonly property bool hasIcon: fact.modelData.glyph !== ""
                    // Icons below the edge would be drawn without their clip (see TemplateRow).
                    readonly property bool iconInView: fact.y + 34 > scroll.contentY && fact.y + 34 < scroll.contentY + scroll.height
                    width: facts.two ? (facts.width - facts.columnSpacing) / 2 : facts.width
                    height: words.height + 22

                    Rectangle {
                        visible: fact.index >= facts.columns
                        width: parent.width
                        height: 1
                        color: Style.line
                    }
                    Icon {
                        visible: fact.hasIcon && fact.iconInView
                        y: 20
                        x: Style.from(4, width, parent?.width ?? 0)
                        name: fact.modelData.glyph
                        size: 32
                        color: Style.accent
                    }
                    Column {
                        id: words
                        y: 10
                        readonly property real start: fact.hasIcon ? 54 : 4
                        x: Style.from(start, width, parent?.width ?? 0)
                        width: parent.width - start

                        Label {
                            width: parent.width
                            text: fact.modelData.label
                            color: Style.muted
                        }
                        Label {
                            width: parent.width
                            text: fact.modelData.text
                            font.pixelSize: fact.modelData.text.length > 40 ? Style.secondary : Style.primary
                            wrapMode: Text.Wrap
                            maximumLineCount: 6
                        }
                    }
                }
            }
        }
    }
    PageState {
        anchors.fill: parent
        visible: (root.content.facts ?? []).length === 0
        text: qsTr("There is nothing to say about this.")
    }
}
