// SPDX-License-Identifier: Apache-2.0
// Controls as a finger and as a key of the steering wheel use them.
pragma ComponentBehavior: Bound
import QtQuick
import QtTest
import Controls
import Style

Item {
    id: root
    width: 640
    height: 480

    Column {
        PillButton {
            id: first
            text: "First"
        }
        PillButton {
            id: off
            text: "Off"
            enabled: false
        }
        Slider {
            id: line
            name: "Line"
            stepSize: 0.1
            value: 0.5
        }
        Switch {
            id: flip
            name: "Flip"
        }
        ProgressBar {
            id: bar
            name: "Bar"
            value: 0.25
        }
    }
    FocusKeys {
        id: keys
    }
    SignalSpy {
        id: pressed
        target: first
        signalName: "clicked"
    }
    TestCase {
        name: "Controls"
        when: windowShown

        function init() {
            first.forceActiveFocus(Qt.TabFocusReason);
            pressed.clear();
            line.value = 0.5;
            flip.checked = false;
            flip.pending = false;
            root.LayoutMirroring.enabled = false;
        }
        function test_every_target_has_room_for_a_finger() {
            for (const control of [first, off, line, flip])
                verify(control.width >= 76 && control.height >= 76, control.toString());
        }
        function test_a_touch_turns_the_switch() {
            touchEvent(flip).press(0, flip).commit().release(0, flip).commit();
            verify(flip.checked);
        }
        function test_a_touch_moves_the_slider() {
            const at = 0.9 * line.width;
            touchEvent(line).press(0, line, at, 38).commit().release(0, line, at, 38).commit();
            verify(line.value > 0.8);
        }
        function test_keys_lead_past_what_is_disabled_and_back() {
            keyClick(Qt.Key_Down);
            verify(line.activeFocus);
            keyClick(Qt.Key_Down);
            verify(flip.activeFocus);
            keyClick(Qt.Key_Up);
            verify(line.activeFocus);
            keyClick(Qt.Key_Up);
            verify(first.activeFocus);
        }
        function test_left_and_right_change_the_sliders_value() {
            keyClick(Qt.Key_Right);
            verify(line.activeFocus);
            keyClick(Qt.Key_Right);
            fuzzyCompare(line.value, 0.6, 0.001);
            keyClick(Qt.Key_Left);
            fuzzyCompare(line.value, 0.5, 0.001);
            verify(line.activeFocus);
        }
        function test_return_presses() {
            keyClick(Qt.Key_Return);
            compare(pressed.count, 1);
        }
        function test_the_ring_is_where_a_key_has_led_and_not_where_a_finger_was() {
            const ring = findChild(keys, "focusRing");
            keyClick(Qt.Key_Down);
            verify(ring.visible);
            compare(ring.parent, line);
            touchEvent(first).press(0, first).commit().release(0, first).commit();
            verify(!ring.visible || ring.parent !== first);
        }
        function test_what_runs_from_right_to_left_is_mirrored() {
            const left = line.handle.x;
            line.value = 0.9;
            verify(line.handle.x > left);
            line.LayoutMirroring.enabled = true;
            verify(line.handle.x < line.width / 2);
            line.LayoutMirroring.enabled = false;
        }
        function test_the_bar_is_as_long_as_what_is_done() {
            compare(bar.contentItem.children[0].width, 0.25 * bar.width);
        }
        function test_a_state_that_is_disabled_looks_so() {
            verify(!Qt.colorEqual(off.ink, Style.text));
            compare(first.ink, Style.text);
        }
    }
}
