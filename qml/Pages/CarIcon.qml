// SPDX-License-Identifier: Apache-2.0
// Icons of the car's own parts, as lines on a grid of 24 by 24.
import QtQuick
import QtQuick.Shapes
import Style

Item {
    id: root
    property string name
    property color color: Style.text
    property real size: 36
    readonly property var paths: ({
            seat: "M7 4.5 A1.8 1.8 0 0 1 10.5 4.2 L12 12.5 H16.5 A2 2 0 0 1 18.4 15 L17.5 18.5 H9.5 A2.5 2.5 0 0 1 7 16.4 L5.6 7.5 M9.5 18.5 V21 M17 18.5 V21",
            wheelheat: "M12 8 A6.3 6.3 0 1 1 12 20.6 A6.3 6.3 0 1 1 12 8 Z M6 13.2 C9 12.2 15 12.2 18 13.2 M12 16 V20.4 M9 5.6 C8 4.6 10 3.6 9 2.4 M12 5.6 C11 4.6 13 3.6 12 2.4 M15 5.6 C14 4.6 16 3.6 15 2.4",
            reardefrost: "M4 5.5 H20 V18.5 H4 Z M8 15.8 C6.8 14 9.2 12.4 8 10.6 C7.2 9.4 8 8.4 8 8.2 M12 15.8 C10.8 14 13.2 12.4 12 10.6 C11.2 9.4 12 8.4 12 8.2 M16 15.8 C14.8 14 17.2 12.4 16 10.6 C15.2 9.4 16 8.4 16 8.2",
            mirror: "M5 7 H15 A3.5 3.5 0 0 1 18.5 10.5 V13 A3.5 3.5 0 0 1 15 16.5 H8.5 C5.5 16.5 4 13.5 4 10.5 V8 A1 1 0 0 1 5 7 Z M18.5 12.5 L21 15.5 V19",
            mirrorheat: "M5 4 H15 A3.5 3.5 0 0 1 18.5 7.5 V9 A3.5 3.5 0 0 1 15 12.5 H8.5 C5.5 12.5 4 10 4 7.5 V5 A1 1 0 0 1 5 4 Z M18.5 9.5 L21 12 V15 M7 21 C6 20 8 18.5 7 17 C6.4 16.2 7 15.6 7 15.4 M11 21 C10 20 12 18.5 11 17 C10.4 16.2 11 15.6 11 15.4 M15 21 C14 20 16 18.5 15 17 C14.4 16.2 15 15.6 15 15.4",
            screenheat: "M3 8.5 C7 4.5 17 4.5 21 8.5 L18.8 15.5 C14.8 12.8 9.2 12.8 5.2 15.5 Z M8 21 C7.2 20 8.8 19 8 18 M12 21 C11.2 20 12.8 19 12 18 M16 21 C15.2 20 16.8 19 16 18",
            airup: "M15.5 8.2 A2.2 2.2 0 1 1 15.5 3.8 A2.2 2.2 0 1 1 15.5 8.2 Z M15.5 11 L13.8 16.5 H9.5 L8.5 20.5 M4 9 C6 6 8 6 10 8 M10.2 4.8 V8.2 H6.8",
            airmiddle: "M16.5 7.7 A2.2 2.2 0 1 1 16.5 3.3 A2.2 2.2 0 1 1 16.5 7.7 Z M16.5 10.5 L14.8 16.5 H10.5 L9.5 20.5 M3.5 11.5 H11 M8 8.5 L11 11.5 L8 14.5",
            airdown: "M16.5 7.7 A2.2 2.2 0 1 1 16.5 3.3 A2.2 2.2 0 1 1 16.5 7.7 Z M16.5 10.5 L14.8 16.5 H11.5 L10.5 20.5 M3.5 9 C6 9.5 7 13 7 18 M4 15.2 L7 18.2 L10 15.2",
            window: "M4 14.5 L8.5 6.8 A2.5 2.5 0 0 1 10.7 5.5 H20 V14.5 Z M4 14.5 V18.5 H20 V14.5 M11 9.5 H16",
            boot: "M3.5 15 L6 9.5 H13 M20.5 15 V18.5 H3.5 V15 H20.5 L16 5 M13 9.5 L18.5 10.5",
            dome: "M5 6.5 H19 A7 7 0 0 1 5 6.5 Z M12 16.5 V20 M6.8 15.2 L4.8 18 M17.2 15.2 L19.2 18",
            ambient: "M4 17.5 C8 17.5 9 7.5 13 7.5 H20 M4 20.5 C9.5 20.5 10.5 11 14.5 11 H20 M6 5.5 V8.5 M4.5 7 H7.5",
            washer: "M12 3.5 C15 7.5 17 10 17 12.8 A5 5 0 0 1 7 12.8 C7 10 9 7.5 12 3.5 Z M4 20.5 H20",
            service: "M14.5 6.2 A4.2 4.2 0 0 1 20 4.8 L17.3 7.6 L17.8 9.8 L20.2 9.4 A4.2 4.2 0 0 1 15.6 11.4 L8 19 A2 2 0 0 1 5 16 L12.6 8.4 A4.2 4.2 0 0 1 14.5 6.2 Z",
            sync: "M8.5 8 L4.5 12 L8.5 16 M15.5 8 L19.5 12 L15.5 16 M5 12 H19"
        })
    implicitWidth: size
    implicitHeight: size

    Shape {
        width: 24
        height: 24
        scale: root.size / 24
        transformOrigin: Item.TopLeft
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: root.color
            strokeWidth: 1.7
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: root.paths[root.name] ?? ""
            }
        }
    }
}
