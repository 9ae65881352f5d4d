// SPDX-License-Identifier: Apache-2.0
// Which page of the cabin is shown. Pages ask for each other here and know nothing of the shell.
pragma Singleton
import QtQuick

QtObject {
    id: root
    property string page: "home"
    // What the page shall begin with, in the page's own words; most need none.
    property string detail: ""
    property var _visited: []
    readonly property int depth: 8 // pages that the way back remembers

    function go(page: string, detail: string): void {
        if (page === root.page && detail === root.detail)
            return;
        root._visited = root._visited.concat([[root.page, root.detail]]).slice(-root.depth);
        root.detail = detail;
        root.page = page;
    }
    function back(): void {
        const last = root._visited.length > 0 ? root._visited[root._visited.length - 1] : ["home", ""];
        root._visited = root._visited.slice(0, -1);
        root.detail = last[1];
        root.page = last[0];
    }
}
