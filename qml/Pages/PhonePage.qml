// SPDX-License-Identifier: Apache-2.0
// The phone.
import QtQuick

Item {
    objectName: "phonePage"
}
