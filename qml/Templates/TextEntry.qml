// SPDX-License-Identifier: Apache-2.0
// The text that is being typed for an app's list, and for which one. Only while parked.
pragma Singleton
import QtQuick
import Models

QtObject {
    id: root
    property AppPage page: null
    property string text
    property string hint
    readonly property bool open: page !== null && Driving.state === "parked"
    readonly property Connections watch: Connections {
        target: Driving

        function onChanged(): void {
            if (Driving.state !== "parked")
                root.page = null;
        }
    }

    function begin(page: AppPage, text: string, hint: string): void {
        root.text = text;
        root.hint = hint;
        root.page = page;
    }
    function type(letters: string): void {
        if (root.text.length + letters.length <= 80)
            change(root.text + letters);
    }
    function erase(): void {
        change(Array.from(root.text).slice(0, -1).join(""));
    }
    function change(text: string): void {
        root.text = text;
        if (root.open)
            root.page.search(text, false);
    }
    function submit(): void {
        if (root.open)
            root.page.search(root.text, true);
        root.page = null;
    }
    function cancel(): void {
        root.page = null;
    }
}
