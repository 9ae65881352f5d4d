// SPDX-License-Identifier: Apache-2.0
// Settings: sections on the left, one of them on the right. What needs set-up is there when parked.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Settings
import Style

Item {
    id: root
    objectName: "settingsPage"
    readonly property bool tall: height > width
    readonly property int inset: Style.inset(width)
    readonly property bool setup: Driving.state === "parked" || Driving.state === "idling"
    readonly property var sections: ["driver", "display", "language", "privacy", "updates", "system"]
    property string section: sections.includes(Router.detail) ? Router.detail : "driver"
    property var consent: null
    property var naming: null
    property bool licences: false
    readonly property Connections follow: Connections {
        target: Router
        function onDetailChanged(): void {
            if (root.sections.includes(Router.detail))
                root.show(Router.detail);
        }
    }
    onSetupChanged: {
        root.consent = null;
        root.naming = null;
        root.licences = false;
    }

    function show(section: string): void {
        root.section = section;
        root.consent = null;
        root.naming = null;
        root.licences = false;
    }

    Card {
        id: list
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.width < 1100 ? 288 : root.width > 1500 ? 440 : 348
        height: root.tall ? rows.height + 16 : root.height - 2 * root.inset
        visible: !naming.active

        Scroll {
            anchors.fill: parent
            anchors.margins: 8
            contentHeight: rows.height

            Column {
                id: rows
                width: parent.width
                spacing: 2

                Repeater {
                    model: [
                        {
                            "key": "driver",
                            "glyph": "person",
                            "text": qsTr("Driver")
                        },
                        {
                            "key": "display",
                            "glyph": "sun",
                            "text": qsTr("Display")
                        },
                        {
                            "key": "language",
                            "glyph": "globe",
                            "text": qsTr("Language, units")
                        },
                        {
                            "key": "privacy",
                            "glyph": "lock",
                            "text": qsTr("Privacy")
                        },
                        {
                            "key": "updates",
                            "glyph": "download",
                            "text": qsTr("Updates")
                        },
                        {
                            "key": "system",
                            "glyph": "pulse",
                            "text": qsTr("System")
                        }
                    ]

                    ListRow {
                        required property var modelData
                        objectName: "section_" + modelData.key
                        width: rows.width
                        glyph: modelData.glyph
                        text: modelData.text
                        detail: root.detail(modelData.key)
                        chosen: root.section === modelData.key
                        onClicked: root.show(modelData.key)
                    }
                }
            }
        }
    }
    Loader {
        id: content
        readonly property Pane shown: item as Pane
        anchors.left: list.right
        anchors.leftMargin: root.inset
        y: root.inset
        width: root.width - list.width - 3 * root.inset
        height: root.tall ? Math.max(list.height, Math.min(root.height - 2 * root.inset, shown?.wanted ?? 0)) : root.height - 2 * root.inset
        visible: root.consent === null && root.naming === null && !root.licences
        sourceComponent: switch (root.section) {
        case "display":
            return display;
        case "language":
            return language;
        case "privacy":
            return privacy;
        case "updates":
            return updates;
        case "system":
            return system;
        default:
            return driver;
        }
    }
    // An upright display has room for how the parts do, too.
    Loader {
        id: below
        readonly property Pane shown: item as Pane
        readonly property real rest: root.height - y - root.inset
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: Math.max(list.y + list.height, content.y + content.height) + root.inset
        width: root.width - 2 * root.inset
        height: Math.min(rest, shown?.wanted ?? 0)
        active: root.tall && root.setup && root.section !== "system" && !naming.active
        visible: rest > 240
        sourceComponent: system
    }
    Loader {
        anchors.fill: content
        active: root.consent !== null && root.setup
        sourceComponent: ConsentSheet {
            purpose: root.consent?.purpose ?? ""
            title: root.consent?.title ?? ""
            words: root.consent?.text ?? ""
            facts: root.consent?.facts ?? []
            onClosed: root.consent = null
        }
    }
    Loader {
        id: naming
        readonly property NameKeyboard shown: item as NameKeyboard
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.width - 2 * root.inset
        height: Math.min(root.height - 2 * root.inset, shown?.wanted ?? 0)
        active: root.naming !== null && root.setup
        sourceComponent: NameKeyboard {
            number: root.naming?.number ?? 0
            name: root.naming?.name ?? ""
            onClosed: root.naming = null
        }
    }
    Loader {
        anchors.fill: content
        active: root.licences
        sourceComponent: LicencesSheet {
            onClosed: root.licences = false
        }
    }

    function detail(section: string): string {
        switch (section) {
        case "driver":
            return Profiles.driver !== "" ? Profiles.driver : qsTr("Guest");
        case "updates":
            return Updates.ready ? qsTr("One is ready") : "";
        case "system":
            return Resolution.count > 0 ? qsTr("%1 to look at").arg(Resolution.count) : "";
        default:
            return "";
        }
    }

    Component {
        id: driver
        DriverSection {
            setup: root.setup
            onNaming: (number, name) => root.naming = {
                    "number": number,
                    "name": name
                }
        }
    }
    Component {
        id: display
        DisplaySection {
            setup: root.setup
        }
    }
    Component {
        id: language
        LanguageSection {
            setup: root.setup
        }
    }
    Component {
        id: privacy
        PrivacySection {
            setup: root.setup
            onAsking: (purpose, title, text, facts) => root.consent = {
                    "purpose": purpose,
                    "title": title,
                    "text": text,
                    "facts": facts
                }
        }
    }
    Component {
        id: updates
        UpdatesSection {
            setup: root.setup
        }
    }
    Component {
        id: system
        SystemSection {
            setup: root.setup
            onLicences: root.licences = true
        }
    }
}
