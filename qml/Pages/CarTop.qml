// SPDX-License-Identifier: Apache-2.0
// The car from above, nose up: what is open, lit, locked or low on air is seen where it is.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Shapes
import Controls
import Models
import Style

Item {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    readonly property real unit: Math.min(width / 260, height / 448)
    readonly property bool rightHand: false // side of the steering wheel
    readonly property color paint: Style.raised
    readonly property color glass: Style.night ? "#0e141b" : "#aab7c4"
    readonly property color edge: Style.night ? "#4a5a6b" : "#8795a4"

    function lit(reading: Reading): bool {
        return reading.known && reading.value > 0;
    }

    component Part: Shape {
        id: part
        property string path
        property color fill: "transparent"
        property color stroke: "transparent"
        property real weight: 1.6
        width: 220
        height: 440
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: part.stroke
            strokeWidth: part.weight
            fillColor: part.fill
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: part.path
            }
        }
    }
    component Wheel: Rectangle {
        required property Tyre tyre
        readonly property bool low: tyre.low.known && tyre.low.value > 0
        width: 26
        height: 66
        radius: 9
        color: low ? Style.warn : Style.night ? "#05080c" : "#2b343e"
        border.width: 1.6
        border.color: low ? Style.warn : root.edge
    }
    component Ray: Shape {
        id: ray
        property bool strong: false
        width: 60
        height: 70
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: "transparent"
            fillGradient: LinearGradient {
                x1: 30
                y1: 70
                x2: 30
                y2: ray.strong ? 0 : 22

                GradientStop {
                    position: 0
                    color: Style.night ? "#b0ffe9a8" : "#c0f0b429"
                }
                GradientStop {
                    position: 1
                    color: Style.night ? "#00ffe9a8" : "#00f0b429"
                }
            }

            PathSvg {
                path: "M20 70 L0 0 H60 L40 70 Z"
            }
        }
    }

    Item {
        anchors.centerIn: parent
        width: 220
        height: 440
        scale: root.unit

        Ray {
            visible: root.lit(Body.beam) || root.lit(Body.high)
            strong: root.lit(Body.high)
            x: 32
            y: -36
        }
        Ray {
            visible: root.lit(Body.beam) || root.lit(Body.high)
            strong: root.lit(Body.high)
            x: 128
            y: -36
        }
        Wheel {
            tyre: Tyres.frontleft
            x: 17
            y: 62
        }
        Wheel {
            tyre: Tyres.frontright
            x: 177
            y: 62
        }
        Wheel {
            tyre: Tyres.rearleft
            x: 17
            y: 316
        }
        Wheel {
            tyre: Tyres.rearright
            x: 177
            y: 316
        }
        // Mirrors lie at the doors when they are folded.
        Part {
            readonly property bool folded: root.lit(Body.mirrors)
            path: folded ? "M32 146 L22 152 L22 176 L32 180 Z M188 146 L198 152 L198 176 L188 180 Z" : "M36 144 L10 139 Q5 140 6 146 L8 155 L36 160 Z M184 144 L210 139 Q215 140 214 146 L212 155 L184 160 Z"
            fill: root.paint
            stroke: root.edge
        }
        CarDoor {
            x: 26
            y: 154
            door: root.rightHand ? Body.passenger : Body.driver
        }
        CarDoor {
            x: 26
            y: 246
            door: root.rightHand ? Body.backpassenger : Body.backdriver
        }
        CarDoor {
            x: 185
            y: 154
            mirrored: true
            door: root.rightHand ? Body.driver : Body.passenger
        }
        CarDoor {
            x: 185
            y: 246
            mirrored: true
            door: root.rightHand ? Body.backdriver : Body.backpassenger
        }
        Part {
            path: "M110 12 C148 12 172 19 182 46 C190 70 192 100 191 140 L190 320 C190 372 187 396 177 411 C166 426 140 430 110 430 C80 430 54 426 43 411 C33 396 30 372 30 320 L29 140 C28 100 30 70 38 46 C48 19 72 12 110 12 Z"
            fill: root.paint
            stroke: root.edge
            weight: 2
        }
        // bonnet and boot
        Part {
            readonly property bool open: root.lit(Body.hood)
            path: "M54 60 C62 36 84 30 110 30 C136 30 158 36 166 60 L171 112 C155 98 134 94 110 94 C86 94 65 98 49 112 Z"
            fill: open ? Style.warn : "transparent"
            stroke: open ? Style.warn : root.edge
        }
        Part {
            readonly property bool open: root.lit(Body.boot)
            path: "M50 374 C70 384 90 386 110 386 C130 386 150 384 170 374 L170 396 C160 412 136 417 110 417 C84 417 60 412 50 396 Z"
            fill: open ? Style.warn : "transparent"
            stroke: open ? Style.warn : root.edge
        }
        // glass
        Part {
            path: "M47 128 C64 107 88 103 110 103 C132 103 156 107 173 128 L158 172 C142 163 126 161 110 161 C94 161 78 163 62 172 Z M60 330 C76 338 94 340 110 340 C126 340 144 338 160 330 L169 363 C150 373 130 375 110 375 C90 375 70 373 51 363 Z"
            fill: root.glass
        }
        Part {
            path: "M41 140 L56 178 L55 240 L39 240 Z M39 247 L55 247 L56 322 L46 350 L40 320 Z M179 140 L164 178 L165 240 L181 240 Z M181 247 L165 247 L164 322 L174 350 L180 320 Z"
            fill: root.glass
        }
        Part {
            path: "M64 178 C80 169 96 167 110 167 C124 167 140 169 156 178 L157 322 C142 330 126 332 110 332 C94 332 78 330 63 322 Z"
            fill: Style.night ? "#2c3846" : "#f2f5f8"
            stroke: root.edge
            weight: 1
        }
        // doors' seams
        Part {
            path: "M30 150 L40 152 M30 243 H40 M31 336 L44 350 M190 150 L180 152 M190 243 H180 M189 336 L176 350"
            stroke: root.edge
        }
        // head lights, tail lights, indicators
        Part {
            readonly property bool on: root.lit(Body.beam) || root.lit(Body.running) || root.lit(Body.parking)
            path: "M42 56 C47 37 60 27 78 23 L77 31 C65 36 55 44 51 58 Z M178 56 C173 37 160 27 142 23 L143 31 C155 36 165 44 169 58 Z"
            fill: on ? (Style.night ? "#fff4d0" : "#f5b82e") : root.edge
        }
        Part {
            readonly property bool on: root.lit(Body.beam) || root.lit(Body.parking)
            path: "M41 396 C46 409 56 418 72 422 L72 416 C60 411 52 404 48 392 Z M179 396 C174 409 164 418 148 422 L148 416 C160 411 168 404 172 392 Z"
            fill: on ? "#ff5246" : root.edge
        }
        Part {
            visible: root.lit(Body.left) || root.lit(Body.hazard)
            path: "M38 68 C39 62 40 58 42 54 L48 58 L46 70 Z M37 384 L43 386 L47 397 L41 398 Z"
            fill: "#ffa62b"
        }
        Part {
            visible: root.lit(Body.right) || root.lit(Body.hazard)
            path: "M182 68 C181 62 180 58 178 54 L172 58 L174 70 Z M183 384 L177 386 L173 397 L179 398 Z"
            fill: "#ffa62b"
        }
        Icon {
            objectName: "carLock"
            visible: Body.locks.known
            anchors.horizontalCenter: parent.horizontalCenter
            y: 226
            size: 46
            name: Body.locks.all ? "lock" : "unlock"
            color: Body.locks.all ? Style.good : Body.locks.some ? Style.warn : Style.muted
        }
    }
}
