<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Uplink</name>
    <message numerus="yes">
        <source>%n records wait on board; none is lost.</source>
        <translation>
            <numerusform>%n record waits on board; it is not lost.</numerusform>
            <numerusform>%n records wait on board; none is lost.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Online. %n records have arrived.</source>
        <translation>
            <numerusform>Online. %n record has arrived.</numerusform>
            <numerusform>Online. %n records have arrived.</numerusform>
        </translation>
    </message>
</context>
</TS>
