<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>names, types and units of signals</source>
        <translation>信号の名称、種類、単位</translation>
    </message>
</context>
<context>
    <name>AirChoice</name>
    <message>
        <source>Air to the windscreen</source>
        <translation>フロントガラスへ送風</translation>
    </message>
    <message>
        <source>Air to the middle</source>
        <translation>上半身へ送風</translation>
    </message>
    <message>
        <source>Air to the feet</source>
        <translation>足元へ送風</translation>
    </message>
</context>
<context>
    <name>AppArea</name>
    <message>
        <source>No apps are installed.</source>
        <translation>アプリはインストールされていません。</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>許可する内容を選ぶ</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>再起動</translation>
    </message>
</context>
<context>
    <name>AppCard</name>
    <message>
        <source>This page is shown when parked.</source>
        <translation>このページは駐車中に表示されます。</translation>
    </message>
    <message>
        <source>It shows nothing yet.</source>
        <translation>まだ表示する内容がありません。</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>駐車中はあと%1件</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>応答なし、古い可能性あり</translation>
    </message>
    <message>
        <source>More when parked. To the first page</source>
        <translation>続きは駐車中に表示。最初のページへ</translation>
    </message>
    <message>
        <source>%1. Why?</source>
        <translation>%1。理由は？</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>今できない理由は？</translation>
    </message>
</context>
<context>
    <name>AppDetail</name>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>再起動</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>許可する内容を選ぶ</translation>
    </message>
    <message>
        <source>Decide when parked</source>
        <translation>駐車中に選択</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>今できない理由は？</translation>
    </message>
    <message>
        <source>Each switch takes effect at once.</source>
        <translation>各スイッチはすぐに反映されます。</translation>
    </message>
    <message>
        <source>What do you think of it?</source>
        <translation>このアプリはいかがですか。</translation>
    </message>
    <message>
        <source>May do</source>
        <translation>許可</translation>
    </message>
    <message>
        <source>Did</source>
        <translation>実行履歴</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>評価</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>駐車中はあと%1件</translation>
    </message>
    <message>
        <source>Do not remove it</source>
        <translation>削除しない</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>What you allowed is forgotten either way. What it has kept can stay for when you install it again.</source>
        <translation>許可した内容はいずれの場合も消去されます。保存されたデータは再インストールに備えて残せます。</translation>
    </message>
    <message>
        <source>Remove it, keep its data</source>
        <translation>削除してデータを残す</translation>
    </message>
    <message>
        <source>Remove it and its data</source>
        <translation>データごと削除</translation>
    </message>
</context>
<context>
    <name>AppLedger</name>
    <message>
        <source>The record is intact.</source>
        <translation>記録に改変はありません。</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>まだ何もありません。</translation>
    </message>
</context>
<context>
    <name>AppRating</name>
    <message>
        <source>Your rating is being looked up.</source>
        <translation>評価を確認しています。</translation>
    </message>
    <message>
        <source>Your rating counts in the store, without this car&apos;s name.</source>
        <translation>評価はこの車の名前なしでストアに数えられます。</translation>
    </message>
    <message>
        <source>Your rating stays in this car. It counts in the store if you agree to that.</source>
        <translation>評価はこの車の中に残ります。同意するとストアに数えられます。</translation>
    </message>
    <message>
        <source>There is not enough room. Your rating is as it was before.</source>
        <translation>空きが足りません。評価は前のままです。</translation>
    </message>
    <message>
        <source>Your rating could not be kept. It is as it was before.</source>
        <translation>評価を保存できませんでした。前のままです。</translation>
    </message>
</context>
<context>
    <name>AppRatingView</name>
    <message>
        <source>Your rating</source>
        <translation>あなたの評価</translation>
    </message>
    <message>
        <source>Open Privacy</source>
        <translation>プライバシーを開く</translation>
    </message>
    <message>
        <source>Agree to it in Privacy</source>
        <translation>プライバシーで同意する</translation>
    </message>
    <message>
        <source>Take the rating back</source>
        <translation>評価を取り消す</translation>
    </message>
</context>
<context>
    <name>AppScreen</name>
    <message>
        <source>Back to the apps</source>
        <translation>アプリ一覧へ戻る</translation>
    </message>
</context>
<context>
    <name>AppsPage</name>
    <message>
        <source>No apps are installed. The store has some.</source>
        <translation>アプリはインストールされていません。ストアにあります。</translation>
    </message>
    <message>
        <source>Open the store</source>
        <translation>ストアを開く</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>実行中</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>ストア</translation>
    </message>
    <message>
        <source>Find more apps</source>
        <translation>アプリを探す</translation>
    </message>
    <message>
        <source>What it did</source>
        <translation>アプリの実行履歴</translation>
    </message>
</context>
<context>
    <name>ArrangeSheet</name>
    <message>
        <source>Range and energy</source>
        <translation>航続距離と電力</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>アプリ</translation>
    </message>
    <message>
        <source>Next manoeuvre</source>
        <translation>次の案内</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充電</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>メディア</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>車内</translation>
    </message>
    <message>
        <source>Cards of this page</source>
        <translation>このページのカード</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Has nothing to say now and steps back</source>
        <translation>今は伝えることがないため後ろに下がります</translation>
    </message>
    <message>
        <source>%1: earlier</source>
        <translation>%1: 前へ</translation>
    </message>
    <message>
        <source>%1: later</source>
        <translation>%1: 後ろへ</translation>
    </message>
</context>
<context>
    <name>Body</name>
    <message>
        <source>The car says that it has broken down.</source>
        <translation>車両が故障を報告しています。</translation>
    </message>
    <message>
        <source>The anti-lock brakes report a fault.</source>
        <translation>アンチロックブレーキの異常が報告されています。</translation>
    </message>
    <message>
        <source>The stability control reports a fault.</source>
        <translation>横滑り防止装置の異常が報告されています。</translation>
    </message>
    <message>
        <source>The emergency brake assistant reports a fault.</source>
        <translation>緊急ブレーキアシストの異常が報告されています。</translation>
    </message>
    <message>
        <source>The cruise control reports a fault.</source>
        <translation>クルーズコントロールの異常が報告されています。</translation>
    </message>
    <message>
        <source>The car does not say how it is.</source>
        <translation>車両の状態が報告されていません。</translation>
    </message>
    <message>
        <source>The car reports no fault.</source>
        <translation>異常は報告されていません。</translation>
    </message>
    <message>
        <source>The car has stored one trouble code.</source>
        <translation>故障コードが1件記録されています。</translation>
    </message>
    <message>
        <source>The car has stored {count} trouble codes.</source>
        <translation>故障コードが{count}件記録されています。</translation>
    </message>
</context>
<context>
    <name>Buses</name>
    <message>
        <source>Well</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Cannot be reached</source>
        <translation>接続不可</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>信号なし</translation>
    </message>
    <message>
        <source>Flooded</source>
        <translation>過負荷</translation>
    </message>
    <message>
        <source>Off after too many errors</source>
        <translation>エラー多発のため停止</translation>
    </message>
    <message>
        <source>Many errors</source>
        <translation>エラー多数</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>エラーあり</translation>
    </message>
    <message numerus="yes">
        <source>%n messages a second</source>
        <translation>
            <numerusform>毎秒%n件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CabinCard</name>
    <message>
        <source>Cabin</source>
        <translation>車内</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>車外</translation>
    </message>
</context>
<context>
    <name>CallBand</name>
    <message>
        <source>Answer</source>
        <translation>応答</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>拒否</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>電話を切る</translation>
    </message>
</context>
<context>
    <name>ChargeCard</name>
    <message>
        <source>Battery</source>
        <translation>バッテリー</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充電中</translation>
    </message>
    <message>
        <source>Plugged in</source>
        <translation>接続中</translation>
    </message>
    <message>
        <source>Not plugged in</source>
        <translation>未接続</translation>
    </message>
    <message>
        <source>Time left: %1</source>
        <translation>残り時間：%1</translation>
    </message>
    <message>
        <source>%1 h to %2 %</source>
        <translation>%2 %まで%1 h</translation>
    </message>
    <message>
        <source>%1 min to %2 %</source>
        <translation>%2 %まで%1 min</translation>
    </message>
    <message>
        <source>%1 kWh left</source>
        <translation>残り%1 kWh</translation>
    </message>
    <message>
        <source>Charge limit</source>
        <translation>充電上限</translation>
    </message>
    <message>
        <source>Charge to %1 %</source>
        <translation>%1 %まで充電</translation>
    </message>
    <message>
        <source>Charge limit: %1</source>
        <translation>充電上限：%1</translation>
    </message>
    <message>
        <source>%1 kW</source>
        <translation>%1 kW</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>健全度</translation>
    </message>
    <message>
        <source>Pack</source>
        <translation>電池温度</translation>
    </message>
    <message>
        <source>Can take</source>
        <translation>受入可能</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
    <message>
        <source>Plug in to charge</source>
        <translation>充電ケーブルを接続</translation>
    </message>
    <message>
        <source>The plug is not known</source>
        <translation>接続状態が不明です</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>開始しています…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止しています…</translation>
    </message>
    <message>
        <source>Stop charging</source>
        <translation>充電を停止</translation>
    </message>
    <message>
        <source>Start charging</source>
        <translation>充電を開始</translation>
    </message>
</context>
<context>
    <name>ChargeFacts</name>
    <message>
        <source>Power</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>残り時間</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>エネルギー</translation>
    </message>
    <message>
        <source>Cost so far</source>
        <translation>現在の料金</translation>
    </message>
</context>
<context>
    <name>ChargePage</name>
    <message>
        <source>Plug in the cable</source>
        <translation>ケーブルを接続してください</translation>
    </message>
    <message>
        <source>Authorising</source>
        <translation>認証中</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充電中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完了</translation>
    </message>
    <message>
        <source>Station fault</source>
        <translation>充電器の異常</translation>
    </message>
</context>
<context>
    <name>ChargeRing</name>
    <message>
        <source>to %1 %</source>
        <translation>%1 %まで</translation>
    </message>
</context>
<context>
    <name>ChartCard</name>
    <message>
        <source>Consumption</source>
        <translation>電費</translation>
    </message>
    <message>
        <source>Charge curve</source>
        <translation>充電曲線</translation>
    </message>
    <message>
        <source>Where it went</source>
        <translation>消費の内訳</translation>
    </message>
    <message>
        <source>⌀ %1 %2</source>
        <translation>⌀ %1 %2</translation>
    </message>
    <message>
        <source>kW, now</source>
        <translation>kW、現在</translation>
    </message>
    <message>
        <source>kW, %1</source>
        <translation>kW、%1</translation>
    </message>
    <message>
        <source>Last %1 %2</source>
        <translation>直近%1 %2</translation>
    </message>
</context>
<context>
    <name>ClimateBar</name>
    <message>
        <source>Driver temperature</source>
        <translation>運転席の温度</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>運転席</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>ファン</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>エアコン</translation>
    </message>
    <message>
        <source>Defrost the windscreen</source>
        <translation>フロントガラスの曇り取り</translation>
    </message>
    <message>
        <source>Recirculate the air</source>
        <translation>内気循環</translation>
    </message>
    <message>
        <source>Passenger temperature</source>
        <translation>助手席の温度</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>助手席</translation>
    </message>
</context>
<context>
    <name>ClimatePage</name>
    <message>
        <source>Driver</source>
        <translation>運転席</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>助手席</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同期</translation>
    </message>
    <message>
        <source>Both sides alike</source>
        <translation>左右同じ</translation>
    </message>
    <message>
        <source>Take driver&apos;s</source>
        <translation>運転席に合わせる</translation>
    </message>
    <message>
        <source>A/C</source>
        <translation>A/C</translation>
    </message>
    <message>
        <source>Recirculate</source>
        <translation>内気循環</translation>
    </message>
    <message>
        <source>Defrost</source>
        <translation>曇り取り</translation>
    </message>
    <message>
        <source>Rear</source>
        <translation>リヤ</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>前面ガラス</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>ミラー</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>ハンドル</translation>
    </message>
    <message>
        <source>Fan</source>
        <translation>ファン</translation>
    </message>
    <message>
        <source>On</source>
        <translation>オン</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>オフ</translation>
    </message>
</context>
<context>
    <name>ConsentSheet</name>
    <message>
        <source>You can take it back at any time. What waits on board is then never sent, and the fleet is asked to delete what it has.</source>
        <translation>同意はいつでも取り消せます。取り消すと、車内で送信待ちの記録は送信されず、フリートには保有する記録の削除を求めます。</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>今はしない</translation>
    </message>
    <message>
        <source>Agree</source>
        <translation>同意する</translation>
    </message>
</context>
<context>
    <name>CurveChart</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>The curve is measured while the car charges. It has not charged here yet.</source>
        <translation>充電曲線は充電中に測定されます。まだ充電の記録がありません。</translation>
    </message>
</context>
<context>
    <name>DepartureBar</name>
    <message>
        <source>Departures. %1</source>
        <translation>出発予定。%1</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>空調</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>出発予定</translation>
    </message>
</context>
<context>
    <name>DepartureEditor</name>
    <message>
        <source>Mo</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>火</translation>
    </message>
    <message>
        <source>We</source>
        <translation>水</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>木</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>金</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>土</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>日</translation>
    </message>
    <message>
        <source>%1: less</source>
        <translation>%1：減らす</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1：増やす</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時刻</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>DeparturePanel</name>
    <message>
        <source>Say when you want to leave, and the cabin is warm or cool by then. It is done while the car is parked and has at least 20 % charge, or 10 % at a plug.</source>
        <translation>出発時刻を設定すると、その時刻までに車内を快適な温度にします。駐車中で、充電残量が20 %以上、または充電ケーブル接続中で10 %以上のときに作動します。</translation>
    </message>
    <message>
        <source>New departure</source>
        <translation>出発予定を追加</translation>
    </message>
    <message>
        <source>When is it done?</source>
        <translation>いつ行いますか？</translation>
    </message>
    <message>
        <source>Departures can be set when parked</source>
        <translation>出発予定は駐車中に設定できます</translation>
    </message>
</context>
<context>
    <name>DepartureRow</name>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1、%2、%3</translation>
    </message>
    <message>
        <source>Use the departure at %1</source>
        <translation>%1の出発予定を使う</translation>
    </message>
</context>
<context>
    <name>Departures</name>
    <message>
        <source>Mon</source>
        <translation>月</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>火</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>水</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>木</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>金</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>土</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Every day</source>
        <translation>毎日</translation>
    </message>
    <message>
        <source>Monday to Friday</source>
        <translation>月曜～金曜</translation>
    </message>
    <message>
        <source>At the weekend</source>
        <translation>週末</translation>
    </message>
    <message>
        <source>Departures are not kept at the moment.</source>
        <translation>現在、出発予定は保存されません。</translation>
    </message>
    <message>
        <source>No departure is planned.</source>
        <translation>出発予定はありません。</translation>
    </message>
    <message>
        <source>The cabin will be ready at {time}.</source>
        <translation>{time}に車内の準備が整います。</translation>
    </message>
    <message>
        <source>The cabin is being made ready for {time}.</source>
        <translation>{time}に向けて車内を準備しています。</translation>
    </message>
    <message>
        <source>The cabin will not be ready at {time}.</source>
        <translation>{time}までに車内の準備が整いません。</translation>
    </message>
</context>
<context>
    <name>DisplaySection</name>
    <message>
        <source>Display</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Day and night</source>
        <translation>昼と夜</translation>
    </message>
    <message>
        <source>Automatic follows the light outside.</source>
        <translation>「自動」は外の明るさに合わせます。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>昼</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>夜</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字の大きさ</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>標準</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>大</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>特大</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>動きを減らす</translation>
    </message>
    <message>
        <source>Nothing slides or fades.</source>
        <translation>スライドやフェードを使いません。</translation>
    </message>
    <message>
        <source>Steering wheel on the right</source>
        <translation>右ハンドル</translation>
    </message>
    <message>
        <source>The drive and the navigation lie on the driver&apos;s side. It holds for every driver.</source>
        <translation>走行表示とナビは運転席側に表示されます。すべての運転者に適用されます。</translation>
    </message>
    <message>
        <source>Text size, motion and the driver&apos;s side are set up when parked.</source>
        <translation>文字の大きさ、動き、運転席の側は駐車中に設定できます。</translation>
    </message>
</context>
<context>
    <name>DriverSection</name>
    <message>
        <source>Driver</source>
        <translation>ドライバー</translation>
    </message>
    <message>
        <source>Look, language, units and text size follow the driver.</source>
        <translation>外観、言語、単位、文字の大きさは運転者ごとに設定されます。</translation>
    </message>
    <message>
        <source>%1 drives. Another driver is chosen when parked.</source>
        <translation>運転者は%1さんです。変更は駐車中にできます。</translation>
    </message>
    <message>
        <source>A guest drives. A driver is chosen when parked.</source>
        <translation>運転者はゲストです。選択は駐車中にできます。</translation>
    </message>
    <message>
        <source>Remove %1 and all choices?</source>
        <translation>%1さんとすべての設定を削除しますか？</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>ゲスト</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>何も保存しません</translation>
    </message>
    <message>
        <source>Keep %1</source>
        <translation>%1さんを残す</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1さんの名前を変更</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1さんを削除</translation>
    </message>
    <message>
        <source>Add a driver</source>
        <translation>運転者を追加</translation>
    </message>
    <message>
        <source>There is no place for another driver. Remove one first.</source>
        <translation>これ以上運転者を追加できません。先に1人削除してください。</translation>
    </message>
    <message>
        <source>The disk takes nothing now: choices last until the car&apos;s computer starts again.</source>
        <translation>現在ディスクに保存できません。設定は車載コンピューターの再起動まで有効です。</translation>
    </message>
</context>
<context>
    <name>DrivingChip</name>
    <message>
        <source>Lists and texts are short while driving.</source>
        <translation>走行中は一覧と文章を短く表示します。</translation>
    </message>
    <message>
        <source>Everything is shown.</source>
        <translation>すべて表示しています。</translation>
    </message>
</context>
<context>
    <name>Elapsed</name>
    <message>
        <source>Live</source>
        <translation>ライブ</translation>
    </message>
</context>
<context>
    <name>EnergyCard</name>
    <message>
        <source>Range</source>
        <translation>航続距離</translation>
    </message>
    <message>
        <source>The car sends nothing.</source>
        <translation>車両からのデータがありません。</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>車外</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>車内</translation>
    </message>
</context>
<context>
    <name>ExplainPanel</name>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1：%2、%3</translation>
    </message>
</context>
<context>
    <name>Fact</name>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
</context>
<context>
    <name>FaultDetail</name>
    <message>
        <source>%1 when parked</source>
        <translation>%1（駐車中のみ）</translation>
    </message>
    <message>
        <source>Under way…</source>
        <translation>実行中…</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>今できない理由は？</translation>
    </message>
    <message>
        <source>How the car knows</source>
        <translation>検知方法</translation>
    </message>
    <message>
        <source>The rule</source>
        <translation>ルール</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>発生</translation>
    </message>
    <message>
        <source>Close the log</source>
        <translation>ログを閉じる</translation>
    </message>
    <message>
        <source>Read the log of %1</source>
        <translation>%1のログを見る</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Gallery</source>
        <translation>ギャラリー</translation>
    </message>
</context>
<context>
    <name>GearStrip</name>
    <message>
        <source>Gear %1</source>
        <translation>ギヤ %1</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>ここには何もありません。</translation>
    </message>
</context>
<context>
    <name>HeatTile</name>
    <message>
        <source>Cooling</source>
        <translation>冷却中</translation>
    </message>
    <message>
        <source>Level %1</source>
        <translation>レベル%1</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>オフ</translation>
    </message>
</context>
<context>
    <name>HistoryChart</name>
    <message>
        <source>%1 %2 ago</source>
        <translation>%1 %2前</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>現在</translation>
    </message>
    <message>
        <source>The graph begins with the first half kilometre.</source>
        <translation>グラフは最初の0.5 km走行後に表示されます。</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>現在、電費は記録されていません。</translation>
    </message>
</context>
<context>
    <name>HomePage</name>
    <message>
        <source>Arrange the cards</source>
        <translation>カードを並べ替え</translation>
    </message>
</context>
<context>
    <name>HomeSlot</name>
    <message>
        <source>Nothing plays now.</source>
        <translation>今は再生していません。</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Erase</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>space</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>検索</translation>
    </message>
</context>
<context>
    <name>LanguageSection</name>
    <message>
        <source>Language and units</source>
        <translation>言語と単位</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>Distance and speed</source>
        <translation>距離と速度</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>タイヤ空気圧</translation>
    </message>
</context>
<context>
    <name>LicencesSheet</name>
    <message>
        <source>ivi %1</source>
        <translation>ivi %1</translation>
    </message>
    <message>
        <source>Copyright 2026 the ivi authors. Licensed under the Apache License, Version 2.0.</source>
        <translation>Copyright 2026 the ivi authors. Apache License, Version 2.0に基づいて提供されています。</translation>
    </message>
    <message>
        <source>The full texts are in the folder docs/licenses, and with each package on the car&apos;s computer.</source>
        <translation>全文は docs/licenses フォルダーと、車載コンピューターの各パッケージに収められています。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message>
        <source>There is nothing here.</source>
        <translation>ここには何もありません。</translation>
    </message>
</context>
<context>
    <name>ListRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1、%2</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Cabin</source>
        <translation>車内</translation>
    </message>
    <message>
        <source>What apps may do</source>
        <translation>アプリの許可</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>不具合と対処</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>Where the car is, is not known yet.</source>
        <translation>現在地はまだわかりません。</translation>
    </message>
    <message>
        <source>Maps need Qt&apos;s add-ons: install PySide6-Addons.</source>
        <translation>地図にはQtのアドオンが必要です。PySide6-Addonsをインストールしてください。</translation>
    </message>
    <message>
        <source>The map on board cannot be read. Make it again: %1</source>
        <translation>車内の地図を読み込めません。次のコマンドで作り直してください：%1</translation>
    </message>
    <message>
        <source>No map is on board. This brings one: %1</source>
        <translation>車内に地図がありません。次のコマンドで追加できます：%1</translation>
    </message>
    <message>
        <source>The car is outside the map on board.</source>
        <translation>車両は地図の範囲外にあります。</translation>
    </message>
    <message>
        <source>Closer</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>North up</source>
        <translation>北を上に</translation>
    </message>
    <message>
        <source>Direction of travel up</source>
        <translation>進行方向を上に</translation>
    </message>
    <message>
        <source>Back to the car</source>
        <translation>現在地に戻る</translation>
    </message>
</context>
<context>
    <name>MediaPage</name>
    <message>
        <source>Nothing to play yet</source>
        <translation>再生できるものがありません</translation>
    </message>
    <message>
        <source>An app that brings music, radio or books plays here.</source>
        <translation>音楽、ラジオ、本のアプリをここで再生します。</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>アプリを見る</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>再起動</translation>
    </message>
</context>
<context>
    <name>MessagesPage</name>
    <message>
        <source>Nothing was said</source>
        <translation>メッセージはありません</translation>
    </message>
    <message>
        <source>What the car and its apps tell you is kept here until you clear it.</source>
        <translation>車両とアプリからのお知らせは、消去するまでここに残ります。</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>すべて消去</translation>
    </message>
    <message>
        <source>The car</source>
        <translation>車両</translation>
    </message>
    <message>
        <source>%1 · %2 times</source>
        <translation>%1 · %2回</translation>
    </message>
    <message numerus="yes">
        <source>%n more when parked</source>
        <translation>
            <numerusform>駐車中はあと%n件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NameKeyboard</name>
    <message>
        <source>Name of the driver</source>
        <translation>運転者の名前</translation>
    </message>
    <message>
        <source>space</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>名前を変更</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>NavigationPage</name>
    <message>
        <source>The route is being made.</source>
        <translation>ルートを作成しています。</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>次に</translation>
    </message>
    <message>
        <source>Charge at %1</source>
        <translation>%1で充電</translation>
    </message>
    <message>
        <source>Charge at %1: %2</source>
        <translation>%1で充電：%2</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>再起動</translation>
    </message>
    <message>
        <source>No app on board guides to a place.</source>
        <translation>目的地を案内するアプリがありません。</translation>
    </message>
    <message>
        <source>Look at the apps</source>
        <translation>アプリを見る</translation>
    </message>
</context>
<context>
    <name>NoticeBand</name>
    <message>
        <source>Why?</source>
        <translation>理由は？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
</context>
<context>
    <name>NowPlaying</name>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>Not answering, may be old</source>
        <translation>応答なし、古い可能性あり</translation>
    </message>
</context>
<context>
    <name>ObstacleView</name>
    <message>
        <source>Nothing near is known of</source>
        <translation>近くに検知されたものはありません</translation>
    </message>
    <message>
        <source>Nearest behind: %1</source>
        <translation>後方の最短距離：%1</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <source>First page</source>
        <translation>最初のページ</translation>
    </message>
</context>
<context>
    <name>PageHost</name>
    <message>
        <source>This page cannot be shown. Everything else goes on working.</source>
        <translation>このページは表示できません。ほかの機能は使えます。</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>ホーム</translation>
    </message>
</context>
<context>
    <name>PanePage</name>
    <message>
        <source>There is nothing to say about this.</source>
        <translation>表示できる情報はありません。</translation>
    </message>
</context>
<context>
    <name>PermissionWords</name>
    <message>
        <source>Read {what}</source>
        <translation>読み取る：{what}</translation>
    </message>
    <message>
        <source>Read {what}, up to {number} times a second</source>
        <translation>毎秒最大{number}回読み取る：{what}</translation>
    </message>
    <message>
        <source>Change {what} while parked</source>
        <translation>駐車中に変更する：{what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, after asking you once</source>
        <translation>駐車中に、一度確認してから変更する：{what}</translation>
    </message>
    <message>
        <source>Change {what} while parked, asking you each time</source>
        <translation>駐車中に、毎回確認して変更する：{what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving</source>
        <translation>走行中も変更する：{what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, after asking you once</source>
        <translation>走行中も、一度確認してから変更する：{what}</translation>
    </message>
    <message>
        <source>Change {what} also while driving, asking you each time</source>
        <translation>走行中も、毎回確認して変更する：{what}</translation>
    </message>
    <message>
        <source>Know roughly where the car is</source>
        <translation>車のおおよその位置を知る</translation>
    </message>
    <message>
        <source>Know exactly where the car is</source>
        <translation>車の正確な位置を知る</translation>
    </message>
    <message>
        <source>Send and receive up to {number} MB a day with {hosts}</source>
        <translation>{hosts}と1日最大{number} MBを送受信する</translation>
    </message>
    <message>
        <source>Show its pages on the screen</source>
        <translation>画面に自分のページを表示する</translation>
    </message>
    <message>
        <source>Be spoken to</source>
        <translation>音声で呼びかけられる</translation>
    </message>
    <message>
        <source>Be heard ({kinds})</source>
        <translation>音を出す（{kinds}）</translation>
    </message>
    <message>
        <source>Ask you to pay up to {amount} {currency}, confirmed by you each time</source>
        <translation>最大{amount} {currency}の支払いを求める（毎回あなたが確認）</translation>
    </message>
    <message>
        <source>Keep up to {number} MB in the car</source>
        <translation>車内に最大{number} MBを保存する</translation>
    </message>
    <message>
        <source>Show up to {number} notifications an hour</source>
        <translation>1時間に最大{number}件の通知を表示する</translation>
    </message>
    <message>
        <source>Run on while you do not see it</source>
        <translation>表示していない間も動作する</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: {number} days)</source>
        <translation>車のデータを{recipient}に渡す。目的：{purpose}（保存：{number}日）</translation>
    </message>
    <message>
        <source>Pass the car&apos;s data on to {recipient} for {purpose} (kept: not at all)</source>
        <translation>車のデータを{recipient}に渡す。目的：{purpose}（保存なし）</translation>
    </message>
    <message>
        <source>What may {app} do?</source>
        <translation>{app}に何を許可しますか？</translation>
    </message>
    <message>
        <source>{app} wants to do more than before</source>
        <translation>{app}がこれまでより多くの許可を求めています</translation>
    </message>
    <message>
        <source>It cannot run without the lines that have no switch.</source>
        <translation>スイッチのない項目がないと動作しません。</translation>
    </message>
    <message>
        <source>Switch on what you want to allow besides.</source>
        <translation>ほかに許可する項目をオンにしてください。</translation>
    </message>
    <message>
        <source>Switch on what you want to allow.</source>
        <translation>許可する項目をオンにしてください。</translation>
    </message>
    <message>
        <source>You can take all of it back at any time.</source>
        <translation>すべていつでも取り消せます。</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>あとで</translation>
    </message>
    <message>
        <source>Do not allow</source>
        <translation>許可しない</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>許可する</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} on</source>
        <translation>{app}がオンにしようとしています：{thing}</translation>
    </message>
    <message>
        <source>{app} wants to switch {thing} off</source>
        <translation>{app}がオフにしようとしています：{thing}</translation>
    </message>
    <message>
        <source>{app} wants to open {thing}</source>
        <translation>{app}が開けようとしています：{thing}</translation>
    </message>
    <message>
        <source>{app} wants to close {thing}</source>
        <translation>{app}が閉めようとしています：{thing}</translation>
    </message>
    <message>
        <source>{app} wants to set {thing} to {value}</source>
        <translation>{app}が{value}に設定しようとしています：{thing}</translation>
    </message>
    <message>
        <source>It happens only if you agree.</source>
        <translation>同意した場合にのみ実行されます。</translation>
    </message>
    <message>
        <source>If you agree, it will not ask again until the car is switched off.</source>
        <translation>同意すると、車の電源を切るまで再び確認しません。</translation>
    </message>
    <message>
        <source>No</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>はい、実行する</translation>
    </message>
    <message>
        <source>Pay {amount}?</source>
        <translation>{amount}を支払いますか？</translation>
    </message>
    <message>
        <source>{app} says it is for: {purpose}</source>
        <translation>{app}によると用途は：{purpose}</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金額</translation>
    </message>
    <message>
        <source>Paid with</source>
        <translation>支払い方法</translation>
    </message>
    <message>
        <source>Pay {amount}</source>
        <translation>{amount}を支払う</translation>
    </message>
    <message>
        <source>Do not</source>
        <translation>支払わない</translation>
    </message>
    <message>
        <source>shows you its pages</source>
        <translation>自分のページを表示します</translation>
    </message>
    <message>
        <source>remembers your settings</source>
        <translation>設定を記憶します</translation>
    </message>
    <message>
        <source>how fast the car drives</source>
        <translation>車の速度</translation>
    </message>
    <message>
        <source>whether the car moves</source>
        <translation>車が動いているか</translation>
    </message>
    <message>
        <source>how far the car has driven</source>
        <translation>車の総走行距離</translation>
    </message>
    <message>
        <source>how far this trip has been</source>
        <translation>今回の走行距離</translation>
    </message>
    <message>
        <source>how hard the car speeds up, brakes and turns</source>
        <translation>加速・ブレーキ・旋回の強さ</translation>
    </message>
    <message>
        <source>how far the car can still go</source>
        <translation>残りの航続距離</translation>
    </message>
    <message>
        <source>how full the battery is</source>
        <translation>バッテリー残量</translation>
    </message>
    <message>
        <source>the charging flap</source>
        <translation>充電口のふた</translation>
    </message>
    <message>
        <source>the charging port</source>
        <translation>充電口</translation>
    </message>
    <message>
        <source>up to where the battery is charged</source>
        <translation>充電の上限</translation>
    </message>
    <message>
        <source>how the car is charging</source>
        <translation>充電の状態</translation>
    </message>
    <message>
        <source>how the battery is</source>
        <translation>バッテリーの状態</translation>
    </message>
    <message>
        <source>which gear is chosen</source>
        <translation>選ばれているギア</translation>
    </message>
    <message>
        <source>how much fuel is left</source>
        <translation>燃料の残量</translation>
    </message>
    <message>
        <source>how warm it is outside</source>
        <translation>外の気温</translation>
    </message>
    <message>
        <source>the weather around the car</source>
        <translation>車の周りの天気</translation>
    </message>
    <message>
        <source>whether it rains</source>
        <translation>雨が降っているか</translation>
    </message>
    <message>
        <source>the boot</source>
        <translation>トランク</translation>
    </message>
    <message>
        <source>which lights are on</source>
        <translation>点灯しているライト</translation>
    </message>
    <message>
        <source>the windscreen and its wipers</source>
        <translation>フロントガラスとワイパー</translation>
    </message>
    <message>
        <source>how warm the cabin is</source>
        <translation>車内の温度</translation>
    </message>
    <message>
        <source>the temperature that is set for each seat</source>
        <translation>各席の設定温度</translation>
    </message>
    <message>
        <source>how strong the fan blows</source>
        <translation>風の強さ</translation>
    </message>
    <message>
        <source>the air conditioning</source>
        <translation>エアコン</translation>
    </message>
    <message>
        <source>heating and cooling</source>
        <translation>暖房と冷房</translation>
    </message>
    <message>
        <source>which seats are taken</source>
        <translation>使われている席</translation>
    </message>
    <message>
        <source>who is belted</source>
        <translation>シートベルトの着用</translation>
    </message>
    <message>
        <source>the heating of the seats</source>
        <translation>シートヒーター</translation>
    </message>
    <message>
        <source>the massage of the seats</source>
        <translation>シートのマッサージ</translation>
    </message>
    <message>
        <source>the seats</source>
        <translation>シート</translation>
    </message>
    <message>
        <source>doors and windows</source>
        <translation>ドアと窓</translation>
    </message>
    <message>
        <source>the lights in the cabin</source>
        <translation>車内の照明</translation>
    </message>
    <message>
        <source>the sunroof</source>
        <translation>サンルーフ</translation>
    </message>
    <message>
        <source>the shade of the rear window</source>
        <translation>後ろの窓のシェード</translation>
    </message>
    <message>
        <source>what is played</source>
        <translation>再生中のもの</translation>
    </message>
    <message>
        <source>the destination</source>
        <translation>目的地</translation>
    </message>
    <message>
        <source>the navigation</source>
        <translation>ナビゲーション</translation>
    </message>
    <message>
        <source>settings of the screen</source>
        <translation>画面の設定</translation>
    </message>
    <message>
        <source>the pressure of the tyres</source>
        <translation>タイヤの空気圧</translation>
    </message>
    <message>
        <source>whether the parking brake is on</source>
        <translation>パーキングブレーキの状態</translation>
    </message>
    <message>
        <source>how fast your heart beats</source>
        <translation>あなたの心拍数</translation>
    </message>
    <message>
        <source>how attentive and tired you are</source>
        <translation>あなたの注意力と疲れ</translation>
    </message>
    <message>
        <source>who sits where</source>
        <translation>誰がどこに座っているか</translation>
    </message>
    <message>
        <source>the car&apos;s identification number</source>
        <translation>車台番号</translation>
    </message>
    <message>
        <source>the car&apos;s number plate</source>
        <translation>ナンバープレート</translation>
    </message>
    <message>
        <source>make, model and papers of the car</source>
        <translation>車のメーカー・モデル・書類</translation>
    </message>
    <message>
        <source>when the next service is due</source>
        <translation>次の点検の時期</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>車の位置</translation>
    </message>
    <message>
        <source>the fan</source>
        <translation>ファン</translation>
    </message>
    <message>
        <source>the charge limit</source>
        <translation>充電の上限</translation>
    </message>
    <message>
        <source>charging</source>
        <translation>充電</translation>
    </message>
    <message>
        <source>the conditioning of the battery</source>
        <translation>バッテリーの温度調整</translation>
    </message>
    <message>
        <source>the fuel flap</source>
        <translation>給油口のふた</translation>
    </message>
    <message>
        <source>the trip meter</source>
        <translation>トリップメーター</translation>
    </message>
    <message>
        <source>the music</source>
        <translation>音楽</translation>
    </message>
    <message>
        <source>media</source>
        <translation>メディア</translation>
    </message>
    <message>
        <source>navigation</source>
        <translation>ナビ</translation>
    </message>
    <message>
        <source>alert</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>{number} more things</source>
        <translation>ほか{number}件</translation>
    </message>
    <message>
        <source>It wants to: {what}</source>
        <translation>求めている許可：{what}</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first}、{last}</translation>
    </message>
    <message>
        <source>{first}, {last}</source>
        <translation>{first}、{last}</translation>
    </message>
</context>
<context>
    <name>Permissions</name>
    <message>
        <source>Trust {now} of 8</source>
        <translation>信頼度 {now}/8</translation>
    </message>
    <message>
        <source>Trust {now} of 8, {whole} if you allow everything</source>
        <translation>信頼度 {now}/8、すべて許可すると {whole}</translation>
    </message>
    <message>
        <source>It does not run here.</source>
        <translation>ここでは動作しません。</translation>
    </message>
    <message numerus="yes">
        <source>Kept apart by %n layers. By {publisher}.</source>
        <translation>
            <numerusform>%n 層で隔離されています。提供：{publisher}</numerusform>
        </translation>
    </message>
    <message>
        <source>Partly taken back.</source>
        <translation>一部取り消されています。</translation>
    </message>
    <message>
        <source>Taken back.</source>
        <translation>取り消されています。</translation>
    </message>
    <message>
        <source>This car cannot give it.</source>
        <translation>この車では提供できません。</translation>
    </message>
    <message>
        <source>It cannot run without.</source>
        <translation>これがないと動作しません。</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>理由：「{reason}」</translation>
    </message>
</context>
<context>
    <name>PermissionsSheet</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>許可する内容を選ぶ</translation>
    </message>
</context>
<context>
    <name>PhonePage</name>
    <message>
        <source>On the phone, look for “%1” among Bluetooth devices and pair it while parked.</source>
        <translation>駐車中に、電話のBluetooth機器一覧から「%1」を選んでペアリングしてください。</translation>
    </message>
    <message>
        <source>Bluetooth is switched off.</source>
        <translation>Bluetoothがオフになっています。</translation>
    </message>
    <message>
        <source>This car has no Bluetooth adapter.</source>
        <translation>この車両にはBluetoothアダプターがありません。</translation>
    </message>
    <message>
        <source>The system&apos;s Bluetooth service does not answer. It is tried again.</source>
        <translation>システムのBluetoothサービスが応答しません。再試行します。</translation>
    </message>
    <message>
        <source>This installation lacks the Bluetooth library: pip install &apos;ivi[dbus]&apos; brings it.</source>
        <translation>Bluetoothライブラリがありません。pip install &apos;ivi[dbus]&apos; で追加できます。</translation>
    </message>
    <message>
        <source>Looking for phones.</source>
        <translation>電話を探しています。</translation>
    </message>
    <message>
        <source>No phone is paired</source>
        <translation>ペアリング済みの電話はありません</translation>
    </message>
    <message>
        <source>No phone</source>
        <translation>電話なし</translation>
    </message>
    <message>
        <source>Paired phones</source>
        <translation>ペアリング済みの電話</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接続済み</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未接続</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>This car makes no calls yet; it shows the phones that it knows.</source>
        <translation>この車両はまだ通話に対応していません。登録済みの電話を表示します。</translation>
    </message>
</context>
<context>
    <name>PlaceMap</name>
    <message>
        <source>N</source>
        <translation>北</translation>
    </message>
    <message>
        <source>There are no places here.</source>
        <translation>ここには地点がありません。</translation>
    </message>
</context>
<context>
    <name>PlayingBand</name>
    <message>
        <source>Now playing: %1, %2</source>
        <translation>再生中: %1、%2</translation>
    </message>
    <message>
        <source>Now playing: %1</source>
        <translation>再生中: %1</translation>
    </message>
</context>
<context>
    <name>PowerBar</name>
    <message>
        <source>Charging</source>
        <translation>充電中</translation>
    </message>
    <message>
        <source>Regeneration</source>
        <translation>回生</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>出力</translation>
    </message>
    <message>
        <source>kW</source>
        <translation>kW</translation>
    </message>
</context>
<context>
    <name>Privacy</name>
    <message>
        <source>Receipts</source>
        <translation>受領通知</translation>
    </message>
    <message>
        <source>Care for this car</source>
        <translation>この車両の保守</translation>
    </message>
    <message>
        <source>Finding faults</source>
        <translation>不具合の調査</translation>
    </message>
    <message>
        <source>Where the car is</source>
        <translation>車両の位置</translation>
    </message>
    <message>
        <source>Traffic and road state</source>
        <translation>交通と道路の状況</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>Ratings of apps</source>
        <translation>アプリの評価</translation>
    </message>
    <message>
        <source>Insurance</source>
        <translation>保険</translation>
    </message>
    <message>
        <source>how the car&apos;s parts do</source>
        <translation>車両各部の状態</translation>
    </message>
    <message>
        <source>how the car is driven</source>
        <translation>運転の仕方</translation>
    </message>
    <message>
        <source>where the car is</source>
        <translation>車両の位置</translation>
    </message>
    <message>
        <source>what happens in the cabin</source>
        <translation>車内の様子</translation>
    </message>
    <message>
        <source>who drives, and which car it is</source>
        <translation>運転者と車両の特定</translation>
    </message>
    <message>
        <source>what you think of apps</source>
        <translation>アプリについてのご意見</translation>
    </message>
    <message>
        <source>whoever runs the car&apos;s service</source>
        <translation>車両サービスの運営者</translation>
    </message>
    <message>
        <source>the owner of the car</source>
        <translation>車両の所有者</translation>
    </message>
    <message>
        <source>the workshop</source>
        <translation>整備工場</translation>
    </message>
    <message>
        <source>the maker of the car</source>
        <translation>車両メーカー</translation>
    </message>
    <message>
        <source>a partner of the car&apos;s service</source>
        <translation>車両サービスの提携先</translation>
    </message>
    <message numerus="yes">
        <source>Always sent, with the car&apos;s name: %n so far.</source>
        <translation>
            <numerusform>車両名を付けて常に送信：これまで%n件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Agreed by %1 at %2. </source>
        <translation>%1さんが%2に同意しました。 </translation>
    </message>
    <message numerus="yes">
        <source>%n records sent.</source>
        <translation>
            <numerusform>%n件の記録を送信しました。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not agreed to. The fleet asks for it in %n campaigns.</source>
        <translation>
            <numerusform>同意していません。フリートが%n件のキャンペーンで求めています。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not agreed to. Nothing is sent.</source>
        <translation>同意していません。何も送信されません。</translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n日</numerusform>
        </translation>
    </message>
    <message>
        <source>As long as the law demands</source>
        <translation>法律で定められた期間</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>No</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>送信先</translation>
    </message>
    <message>
        <source>Kept for</source>
        <translation>保存期間</translation>
    </message>
    <message>
        <source>With the car&apos;s name</source>
        <translation>車両名を付ける</translation>
    </message>
    <message>
        <source>How exactly</source>
        <translation>詳しさ</translation>
    </message>
    <message>
        <source>Exact place and moment</source>
        <translation>正確な位置と時刻</translation>
    </message>
    <message>
        <source>Place within %1 m, moment within %2 s</source>
        <translation>位置は%1 m以内、時刻は%2 s以内</translation>
    </message>
    <message numerus="yes">
        <source>Taken back. %n records that waited will never be sent.</source>
        <translation>
            <numerusform>取り消しました。送信待ちの%n件の記録は送信されません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is whole: every signature of its %n lines is right.</source>
        <translation>
            <numerusform>台帳に問題はありません。%n行の署名はすべて正しいものです。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacySection</name>
    <message>
        <source>Privacy</source>
        <translation>プライバシー</translation>
    </message>
    <message>
        <source>Nothing but receipts leaves the car without your agreement. You can take it back at any time.</source>
        <translation>受領通知を除き、同意なしに車両から送信されるものはありません。同意はいつでも取り消せます。</translation>
    </message>
    <message>
        <source>The ledger of consents is being read.</source>
        <translation>同意の台帳を読み込んでいます。</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>駐車中はあと%1件</translation>
    </message>
    <message>
        <source>You can agree when parked, and take back at any time.</source>
        <translation>同意は駐車中にできます。取り消しはいつでもできます。</translation>
    </message>
    <message>
        <source>Check the ledger&apos;s %1 lines</source>
        <translation>台帳の%1行を確認</translation>
    </message>
    <message>
        <source>A copy of all that was recorded and sent is yours: on the car&apos;s computer, the command “ivi privacy export” writes it into a folder.</source>
        <translation>記録と送信の全内容の写しを受け取れます。車載コンピューターでコマンド「ivi privacy export」を実行すると、フォルダーに書き出されます。</translation>
    </message>
</context>
<context>
    <name>Processes</name>
    <message>
        <source>{number} features end soon. {what}</source>
        <translation>{number}件の機能がまもなく終了します。{what}</translation>
    </message>
    <message>
        <source>connect to the fleet</source>
        <translation>フリートに接続してください。</translation>
    </message>
    <message>
        <source>A snapshot of features was not taken: {what}</source>
        <translation>機能の一覧を受け取れませんでした：{what}</translation>
    </message>
    <message>
        <source>The kept snapshot of features does not count: {what}</source>
        <translation>保存された機能の一覧は無効です：{what}</translation>
    </message>
    <message>
        <source>connect to the fleet, which sends it again</source>
        <translation>フリートに接続すると再送されます。</translation>
    </message>
    <message>
        <source>{number} snapshots or features were refused; the last: {what}</source>
        <translation>{number}件の一覧または機能を拒否しました。最後：{what}</translation>
    </message>
    <message>
        <source>see docs/cloud-entitlements.md; if you did not cause it, somebody tries</source>
        <translation>docs/cloud-entitlements.mdを参照。心当たりがなければ誰かが試みています。</translation>
    </message>
    <message>
        <source>the log of the process has the details</source>
        <translation>詳細はプロセスのログにあります。</translation>
    </message>
    <message>
        <source>the log of the process has more</source>
        <translation>詳しくはプロセスのログにあります。</translation>
    </message>
    <message>
        <source>No telemetry is recorded: {what}</source>
        <translation>走行データを記録していません：{what}</translation>
    </message>
    <message>
        <source>it goes on by itself when signals flow</source>
        <translation>信号が届けば自動で再開します。</translation>
    </message>
    <message>
        <source>the clock was turned back; the time known before counts</source>
        <translation>時計が戻されました。以前の時刻を使います。</translation>
    </message>
    <message>
        <source>set the car&apos;s clock</source>
        <translation>車の時計を合わせてください。</translation>
    </message>
    <message>
        <source>the clock is years ahead of what is known, and is not believed</source>
        <translation>時計が何年も進んでいるため、信用しません。</translation>
    </message>
    <message>
        <source>the clock is months ahead of what is known; it counts until a signed message tells the time</source>
        <translation>時計が何か月も進んでいます。署名済みの通知が届くまで使います。</translation>
    </message>
    <message>
        <source>nothing after a long time in a garage, when the clock is right; else set the car&apos;s clock</source>
        <translation>長期保管後で時計が正しければ不要です。違えば合わせてください。</translation>
    </message>
    <message>
        <source>the saved time cannot be used: {what}</source>
        <translation>保存された時刻を使えません：{what}</translation>
    </message>
    <message>
        <source>the fleet&apos;s next message tells it</source>
        <translation>フリートの次の通知で分かります。</translation>
    </message>
    <message>
        <source>make room on the disk</source>
        <translation>ディスクの空きを作ってください。</translation>
    </message>
    <message>
        <source>A desired state was refused: {what}</source>
        <translation>希望された状態を拒否しました：{what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md</source>
        <translation>docs/cloud-commands.mdを参照。</translation>
    </message>
    <message>
        <source>The store of the twin was damaged and a new one was made</source>
        <translation>ツインの保存先が壊れていたため作り直しました。</translation>
    </message>
    <message>
        <source>The twin stands still: {what}</source>
        <translation>ツインが停止しています：{what}</translation>
    </message>
    <message>
        <source>No updates: {what}</source>
        <translation>アップデートなし：{what}</translation>
    </message>
    <message>
        <source>Not connected to the fleet: {what}</source>
        <translation>フリートに接続していません：{what}</translation>
    </message>
    <message>
        <source>records wait and are sent later</source>
        <translation>記録は保管し、後で送信します。</translation>
    </message>
    <message>
        <source>for development only; unset it in a car</source>
        <translation>開発専用です。車では設定を外してください。</translation>
    </message>
    <message>
        <source>see `ivi status`</source>
        <translation>`ivi status`を参照。</translation>
    </message>
    <message>
        <source>see `ivi app list`</source>
        <translation>`ivi app list`を参照。</translation>
    </message>
    <message>
        <source>Installed apps cannot be started</source>
        <translation>インストール済みアプリを起動できません。</translation>
    </message>
    <message>
        <source>The app {app} cannot be loaded</source>
        <translation>アプリ{app}を読み込めません。</translation>
    </message>
    <message>
        <source>Apps may reach networks that are not public: {what}</source>
        <translation>アプリが非公開ネットワークに接続できます：{what}</translation>
    </message>
    <message>
        <source>Apps are off: {what}</source>
        <translation>アプリはオフです：{what}</translation>
    </message>
    <message>
        <source>install bubblewrap {version} or newer</source>
        <translation>bubblewrap {version}以降をインストールしてください。</translation>
    </message>
    <message>
        <source>Last values cannot be kept: {what}</source>
        <translation>最後の値を保存できません：{what}</translation>
    </message>
    <message>
        <source>free or mend the disk</source>
        <translation>ディスクの空きを作るか修復してください。</translation>
    </message>
    <message>
        <source>the broker starts without them; the file is now {file}</source>
        <translation>それなしで起動します。ファイルは{file}になりました</translation>
    </message>
    <message>
        <source>The message {message} on the CAN bus {bus} has faults in its counter or checksum</source>
        <translation>CANバス{bus}のメッセージ{message}に異常があります。</translation>
    </message>
    <message>
        <source>while no frame is good its values are not available; see `ivi health`, then look at its sender, or at counter and checksum in the overlay</source>
        <translation>正常なフレームがない間は値を使えません。`ivi health`、送信元、オーバーレイを確認してください。</translation>
    </message>
    <message>
        <source>{number} lines of the DBC are not used: {what}</source>
        <translation>DBCの{number}行を使用していません：{what}</translation>
    </message>
    <message>
        <source>mend the file</source>
        <translation>ファイルを修正してください。</translation>
    </message>
    <message>
        <source>Of the recording {what}</source>
        <translation>記録について：{what}</translation>
    </message>
    <message>
        <source>The recording ends early: {what}</source>
        <translation>記録が途中で終わっています：{what}</translation>
    </message>
    <message>
        <source>check the file</source>
        <translation>ファイルを確認してください。</translation>
    </message>
    <message>
        <source>{number} contacts cannot be said</source>
        <translation>{number}件の連絡先は音声で呼べません。</translation>
    </message>
    <message>
        <source>give them names with letters</source>
        <translation>文字の名前を付けてください。</translation>
    </message>
    <message>
        <source>The contacts are not read</source>
        <translation>連絡先を読み込めません。</translation>
    </message>
    <message>
        <source>export fewer</source>
        <translation>数を減らして書き出してください。</translation>
    </message>
    <message>
        <source>The microphone is too loud: speech is cut off</source>
        <translation>マイクの音量が大きすぎて、声が割れています。</translation>
    </message>
    <message>
        <source>lower its level</source>
        <translation>レベルを下げてください。</translation>
    </message>
    <message>
        <source>The microphone gives digital silence</source>
        <translation>マイクから音が届いていません。</translation>
    </message>
    <message>
        <source>unmute it or check its cable</source>
        <translation>ミュートを解除するか、ケーブルを確認してください。</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>マイクがありません。</translation>
    </message>
    <message>
        <source>apt-get install {program}</source>
        <translation>インストール：apt-get install {program}</translation>
    </message>
    <message>
        <source>Answers are shown, not spoken</source>
        <translation>回答は音声でなく画面に表示します。</translation>
    </message>
    <message>
        <source>Speech recognition failed</source>
        <translation>音声認識に失敗しました。</translation>
    </message>
    <message>
        <source>say it again</source>
        <translation>もう一度言ってください。</translation>
    </message>
    <message>
        <source>write them in Latin letters: {what}</source>
        <translation>ローマ字で書いてください：{what}</translation>
    </message>
    <message>
        <source>{number} sentences or names can be typed but not spoken</source>
        <translation>{number}件の文や名前は入力できますが、話せません。</translation>
    </message>
    <message>
        <source>The doors have no vehicle data</source>
        <translation>外部ツール用の接続に車両データがありません。</translation>
    </message>
    <message>
        <source>A door for other machines is not encrypted</source>
        <translation>他の機器への接続が暗号化されていません。</translation>
    </message>
    <message>
        <source>give --tls-certificate and --tls-key</source>
        <translation>--tls-certificateと--tls-keyを指定してください。</translation>
    </message>
    <message>
        <source>The voice process can reach the network</source>
        <translation>音声プロセスがネットワークに接続できます。</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>車両データ</translation>
    </message>
    <message>
        <source>The driving state</source>
        <translation>走行状態</translation>
    </message>
    <message>
        <source>The app host</source>
        <translation>アプリ</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>音声</translation>
    </message>
    <message>
        <source>The cloud link</source>
        <translation>クラウド</translation>
    </message>
    <message>
        <source>The screen</source>
        <translation>画面</translation>
    </message>
    <message>
        <source>Access for other tools</source>
        <translation>外部ツール用の接続</translation>
    </message>
    <message>
        <source>Supervision</source>
        <translation>監視</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>アップデート</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>ストレージ</translation>
    </message>
    <message>
        <source>It is not known whether the car is parked.</source>
        <translation>駐車しているかどうか分かりません。</translation>
    </message>
    <message>
        <source>The car is not parked.</source>
        <translation>車は駐車していません。</translation>
    </message>
    <message>
        <source>The state of charge is not known.</source>
        <translation>充電量が分かりません。</translation>
    </message>
    <message>
        <source>The battery is below {number} %.</source>
        <translation>バッテリーが{number} %を下回っています。</translation>
    </message>
    <message>
        <source>The climate control did not answer; it is tried again.</source>
        <translation>空調が応答しません。もう一度試します。</translation>
    </message>
    <message>
        <source>{process} does not answer.</source>
        <translation>{process}が応答しません。</translation>
    </message>
    <message>
        <source>{process} cannot run.</source>
        <translation>{process}を実行できません。</translation>
    </message>
    <message>
        <source>{process} has stopped and is started again.</source>
        <translation>{process}が停止し、再起動しています。</translation>
    </message>
    <message>
        <source>{process} is started again.</source>
        <translation>{process}を再起動しています。</translation>
    </message>
    <message>
        <source>The driving state is started again.</source>
        <translation>走行状態を再起動しています。</translation>
    </message>
    <message>
        <source>Started again {number} times since the car started.</source>
        <translation>車の始動から{number}回再起動しました。</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>動作していません。</translation>
    </message>
    <message>
        <source>It comes back by itself; if it does not, start the car&apos;s computer again.</source>
        <translation>自動で戻ります。戻らないときは車のコンピューターを再起動してください。</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} cannot be reached.</source>
        <translation>車両バス{bus}に接続できません。</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is silent.</source>
        <translation>車両バス{bus}から信号がありません。</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} is flooded.</source>
        <translation>車両バス{bus}が過負荷です。</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has switched itself off after too many errors.</source>
        <translation>車両バス{bus}はエラーが多く、停止しました。</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has many errors.</source>
        <translation>車両バス{bus}にエラーが多発しています。</translation>
    </message>
    <message>
        <source>The vehicle bus {bus} has errors.</source>
        <translation>車両バス{bus}にエラーがあります。</translation>
    </message>
    <message>
        <source>It is tried again by itself; a workshop should look at the wiring if it stays so.</source>
        <translation>自動で再試行します。続くときは整備工場で配線を点検してください。</translation>
    </message>
    <message>
        <source>{number} frames a second, never heard</source>
        <translation>毎秒{number}フレーム、受信なし</translation>
    </message>
    <message>
        <source>{number} frames a second, last heard {age} s ago</source>
        <translation>毎秒{number}フレーム、最後の受信は{age}秒前</translation>
    </message>
    <message>
        <source>The message {message} arrives damaged.</source>
        <translation>メッセージ{message}が壊れて届きます。</translation>
    </message>
    <message>
        <source>Its values are not used until it is right again; a workshop should look at it if it stays so.</source>
        <translation>正常に戻るまで値は使いません。続くときは整備工場で点検してください。</translation>
    </message>
    <message>
        <source>{wrong} wrong checksums, {repeated} repeated and {skipped} skipped of {good} good ones.</source>
        <translation>正常{good}件に対し、チェックサム不一致{wrong}、重複{repeated}、欠落{skipped}。</translation>
    </message>
    <message>
        <source>There is little storage left.</source>
        <translation>空き容量が残りわずかです。</translation>
    </message>
    <message>
        <source>{free} MB of {total} MB are free.</source>
        <translation>{total} MB中{free} MBが空いています。</translation>
    </message>
    <message>
        <source>Nothing is lost yet. Remove apps that you do not use, or have the car&apos;s computer looked at.</source>
        <translation>まだ何も失われていません。使わないアプリを削除するか、車のコンピューターの点検を受けてください。</translation>
    </message>
    <message>
        <source>The newest update was not taken.</source>
        <translation>最新のアップデートは適用されませんでした。</translation>
    </message>
    <message>
        <source>What was installed before goes on; the same update is not tried again.</source>
        <translation>以前の版で続けます。同じアップデートは再試行しません。</translation>
    </message>
    <message>
        <source>{app} waits for your agreement.</source>
        <translation>{app}は同意を待っています。</translation>
    </message>
    <message>
        <source>{app} has stopped and waits before it starts again.</source>
        <translation>{app}は停止し、再起動を待っています。</translation>
    </message>
    <message>
        <source>{app} has stopped too often and stays off.</source>
        <translation>{app}は何度も停止したため、オフのままです。</translation>
    </message>
    <message>
        <source>{app} could not be loaded.</source>
        <translation>{app}を読み込めませんでした。</translation>
    </message>
    <message>
        <source>{app} is off because this machine cannot isolate it.</source>
        <translation>この機器では隔離できないため、{app}はオフです。</translation>
    </message>
    <message>
        <source>An update is here and waits for your agreement.</source>
        <translation>アップデートが届き、同意を待っています。</translation>
    </message>
    <message>
        <source>A control unit has stored a trouble code.</source>
        <translation>制御ユニットが故障コードを記録しました。</translation>
    </message>
    <message>
        <source>{number} trouble codes are stored.</source>
        <translation>{number}件の故障コードが記録されています。</translation>
    </message>
    <message>
        <source>The vehicle page says what is known of them; a workshop can read them with their freeze frames.</source>
        <translation>車両ページに内容があります。整備工場では詳細データとともに読み出せます。</translation>
    </message>
    <message>
        <source>The app is started again.</source>
        <translation>アプリを再起動しています。</translation>
    </message>
    <message>
        <source>The question is on the screen.</source>
        <translation>画面に質問が表示されています。</translation>
    </message>
    <message>
        <source>standing, not in park</source>
        <translation>停車中、Pではありません。</translation>
    </message>
    <message>
        <source>driving at {speed} km/h</source>
        <translation>時速{speed} kmで走行中です。</translation>
    </message>
    <message>
        <source>the gear is not known</source>
        <translation>ギアが分かりません。</translation>
    </message>
    <message>
        <source>just stopped</source>
        <translation>今停車したところです。</translation>
    </message>
    <message>
        <source>parked</source>
        <translation>駐車中です。</translation>
    </message>
    <message>
        <source>parked with the parking brake</source>
        <translation>パーキングブレーキで駐車中です。</translation>
    </message>
    <message>
        <source>the speed is not known</source>
        <translation>速度が分かりません。</translation>
    </message>
    <message>
        <source>the speed has not been heard for a while</source>
        <translation>しばらく速度が届いていません。</translation>
    </message>
    <message>
        <source>the speed makes no sense</source>
        <translation>速度の値が正しくありません。</translation>
    </message>
    <message>
        <source>the driving state is not known: {what}</source>
        <translation>走行状態が分かりません：{what}</translation>
    </message>
    <message>
        <source>vehicle data is away</source>
        <translation>車両データがありません。</translation>
    </message>
    <message>
        <source>apps are shown as while driving</source>
        <translation>アプリは走行中と同じ表示です。</translation>
    </message>
    <message>
        <source>it is tried again</source>
        <translation>もう一度試します。</translation>
    </message>
    <message>
        <source>you have not agreed to it yet</source>
        <translation>まだ同意していません。</translation>
    </message>
    <message>
        <source>the fleet has asked to wait</source>
        <translation>フリートから待つよう求められています。</translation>
    </message>
    <message>
        <source>the car is not parked ({why})</source>
        <translation>車は駐車していません（{why}）</translation>
    </message>
    <message>
        <source>this is done while the car is parked</source>
        <translation>これは駐車中に行います。</translation>
    </message>
    <message>
        <source>there is nothing to do about it from here</source>
        <translation>ここからできることはありません。</translation>
    </message>
    <message>
        <source>this is over</source>
        <translation>これは終わりました。</translation>
    </message>
    <message>
        <source>this departure is not there any more</source>
        <translation>この出発予定はもうありません。</translation>
    </message>
    <message>
        <source>check the disk, then start again</source>
        <translation>ディスクを確認して再起動してください。</translation>
    </message>
    <message>
        <source>receipts of what you ordered, of payments and of your consents</source>
        <translation>依頼、支払い、同意の控え。</translation>
    </message>
    <message>
        <source>to see how your car does and tell you in time</source>
        <translation>車の状態を見守り、早めにお知らせするため。</translation>
    </message>
    <message>
        <source>to find the cause of a fault</source>
        <translation>故障の原因を調べるため。</translation>
    </message>
    <message>
        <source>to answer where your car is</source>
        <translation>車の場所に答えるため。</translation>
    </message>
    <message>
        <source>to tell others of jams and slippery roads</source>
        <translation>渋滞や滑りやすい道を他の人に知らせるため。</translation>
    </message>
    <message>
        <source>to make the next cars better</source>
        <translation>次の車をより良くするため。</translation>
    </message>
    <message>
        <source>to show others what drivers think of an app</source>
        <translation>運転者がアプリをどう思うかを他の人に示すため</translation>
    </message>
    <message>
        <source>for a tariff that follows how you drive</source>
        <translation>運転に応じた保険料のため。</translation>
    </message>
    <message>
        <source>The ratings of apps were damaged, and none is kept any more: {what}</source>
        <translation>アプリの評価が壊れていたため、何も残っていません: {what}</translation>
    </message>
    <message>
        <source>rate the apps again; check the disk</source>
        <translation>アプリを評価し直してください。ディスクを確認してください</translation>
    </message>
    <message>
        <source>The file of campaigns was damaged; the car asks for them anew</source>
        <translation>キャンペーンのファイルが壊れていたため、再取得します。</translation>
    </message>
    <message>
        <source>delete the file; check the disk</source>
        <translation>ファイルを削除し、ディスクを確認してください。</translation>
    </message>
    <message>
        <source>Campaigns are not done any more: {what}</source>
        <translation>キャンペーンは停止しました：{what}</translation>
    </message>
    <message>
        <source>restart the process</source>
        <translation>プロセスを再起動してください。</translation>
    </message>
    <message>
        <source>No campaigns: {what}</source>
        <translation>キャンペーンなし：{what}</translation>
    </message>
    <message>
        <source>use a smaller one</source>
        <translation>より小さいものを使ってください。</translation>
    </message>
    <message>
        <source>Records cannot be stored: {what}</source>
        <translation>記録を保存できません：{what}</translation>
    </message>
    <message>
        <source>The store of unsent records was damaged and a new one was made</source>
        <translation>未送信の記録が壊れていたため、新しく作成しました。</translation>
    </message>
    <message>
        <source>keep the file if its records matter, else delete it; check the disk</source>
        <translation>記録が必要ならファイルを残し、不要なら削除してください。ディスクも確認してください。</translation>
    </message>
    <message>
        <source>{number} messages that claim to be commands were refused; the last: {what}</source>
        <translation>命令を名乗る{number}件の通信を拒否しました。最後：{what}</translation>
    </message>
    <message>
        <source>see docs/cloud-commands.md; if you did not cause it, somebody tries</source>
        <translation>docs/cloud-commands.mdを参照。心当たりがなければ誰かが試みています。</translation>
    </message>
    <message>
        <source>The store of commands was damaged; a new one was made, and older commands are not taken any more</source>
        <translation>命令の保存先が壊れていたため作り直しました。以前の命令は受け付けません。</translation>
    </message>
    <message>
        <source>check the disk; delete the file when nobody needs it</source>
        <translation>ディスクを確認し、不要ならファイルを削除してください。</translation>
    </message>
    <message>
        <source>A command was not taken: {what}</source>
        <translation>命令を受け付けませんでした：{what}</translation>
    </message>
    <message>
        <source>The copies of what was sent were damaged, and new ones are made: {what}</source>
        <translation>送信控えが壊れていたため作り直します：{what}</translation>
    </message>
    <message>
        <source>see the disk</source>
        <translation>ディスクを確認してください。</translation>
    </message>
    <message>
        <source>No copies are made of what is sent: {what}</source>
        <translation>送信の控えを作成できません：{what}</translation>
    </message>
    <message>
        <source>The record of what was agreed to was changed, and nothing leaves: {what}</source>
        <translation>同意の記録が変更されたため、何も送信しません：{what}</translation>
    </message>
    <message>
        <source>start again, then agree to what you want: `ivi privacy show`</source>
        <translation>再起動してから、同意し直してください：`ivi privacy show`</translation>
    </message>
    <message>
        <source>agree again to what you want: `ivi privacy show`</source>
        <translation>もう一度同意してください：`ivi privacy show`</translation>
    </message>
    <message>
        <source>A consent is not written yet, and nothing of it leaves: {what}</source>
        <translation>同意がまだ保存されていないため、送信しません：{what}</translation>
    </message>
    <message>
        <source>free some disk space</source>
        <translation>ディスクの空きを増やしてください。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Home</source>
        <translation>ホーム</translation>
    </message>
    <message>
        <source>Navigation</source>
        <translation>ナビ</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>メディア</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>エネルギー</translation>
    </message>
    <message>
        <source>Climate</source>
        <translation>空調</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>車両</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>電話</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>アプリ</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>ページ</translation>
    </message>
    <message>
        <source>More pages</source>
        <translation>その他のページ</translation>
    </message>
</context>
<context>
    <name>RangeBandCard</name>
    <message>
        <source>Range</source>
        <translation>航続距離</translation>
    </message>
    <message>
        <source>%1 to %2 %3</source>
        <translation>%1～%2 %3</translation>
    </message>
    <message>
        <source>Consumption is not recorded at the moment.</source>
        <translation>現在、電費は記録されていません。</translation>
    </message>
    <message>
        <source>It comes after another %1 %2.</source>
        <translation>あと%1 %2走行すると表示されます。</translation>
    </message>
    <message>
        <source>The car does not say how much energy is left.</source>
        <translation>エネルギー残量が報告されていません。</translation>
    </message>
    <message>
        <source>Last %1 %3. The car says %2 %3.</source>
        <translation>直近%1 %3。車の表示 %2 %3。</translation>
    </message>
    <message>
        <source>From the last %1 %2.</source>
        <translation>直近%1 %2から算出。</translation>
    </message>
</context>
<context>
    <name>RatingBar</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>星%n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RearOverlay</name>
    <message>
        <source>Rear view</source>
        <translation>後方映像</translation>
    </message>
    <message>
        <source>Test picture, no camera</source>
        <translation>テスト映像、カメラなし</translation>
    </message>
    <message>
        <source>Close the rear view</source>
        <translation>後方映像を閉じる</translation>
    </message>
</context>
<context>
    <name>RearView</name>
    <message>
        <source>This computer cannot show cameras.</source>
        <translation>このコンピューターはカメラを表示できません。</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>Use the mirrors and look back.</source>
        <translation>ミラーと目視で後方を確認してください。</translation>
    </message>
    <message>
        <source>The rear camera sends no picture.</source>
        <translation>リヤカメラの映像がありません。</translation>
    </message>
    <message>
        <source>The rear camera cannot be reached.</source>
        <translation>リヤカメラに接続できません。</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>映像なし</translation>
    </message>
    <message>
        <source>The rear camera repeats one picture.</source>
        <translation>リヤカメラの映像が止まっています。</translation>
    </message>
    <message>
        <source>Picture frozen</source>
        <translation>映像の停止</translation>
    </message>
    <message>
        <source>Is the rear camera covered?</source>
        <translation>リヤカメラが覆われていませんか？</translation>
    </message>
    <message>
        <source>Nothing to see</source>
        <translation>何も見えません</translation>
    </message>
    <message>
        <source>The selector&apos;s position is not known. The picture stays until you close it.</source>
        <translation>シフト位置がわかりません。映像は閉じるまで表示されます。</translation>
    </message>
</context>
<context>
    <name>Resolution</name>
    <message>
        <source>Start it again</source>
        <translation>再起動</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Start the app again</source>
        <translation>アプリを再起動</translation>
    </message>
    <message>
        <source>Decide what it may do</source>
        <translation>許可する内容を選ぶ</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>The log is empty.</source>
        <translation>ログは空です。</translation>
    </message>
</context>
<context>
    <name>ResolutionPage</name>
    <message>
        <source>All is well.</source>
        <translation>すべて正常です。</translation>
    </message>
    <message>
        <source>The parts of the car&apos;s computer are being asked.</source>
        <translation>車載コンピューターの各部を確認しています。</translation>
    </message>
    <message>
        <source>What is off is said here, with what ends it.</source>
        <translation>不具合とその対処方法をここに表示します。</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>駐車中はあと%1件</translation>
    </message>
    <message>
        <source>Solved</source>
        <translation>解決済み</translation>
    </message>
</context>
<context>
    <name>RouteCard</name>
    <message>
        <source>leaves %1</source>
        <translation>到着時 %1</translation>
    </message>
    <message>
        <source>Nobody guides you now.</source>
        <translation>今は案内していません。</translation>
    </message>
</context>
<context>
    <name>RoutePage</name>
    <message>
        <source>No route was found.</source>
        <translation>ルートが見つかりませんでした。</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>Starting</source>
        <translation>起動中</translation>
    </message>
    <message>
        <source>It stopped and is starting again</source>
        <translation>停止したため再起動しています</translation>
    </message>
    <message>
        <source>It stopped too often and stays off</source>
        <translation>停止を繰り返したためオフのままです</translation>
    </message>
    <message>
        <source>It could not be loaded</source>
        <translation>読み込めませんでした</translation>
    </message>
    <message>
        <source>It is off because this machine cannot isolate it</source>
        <translation>この機器では隔離できないためオフです</translation>
    </message>
    <message>
        <source>It waits for your agreement</source>
        <translation>同意を待っています</translation>
    </message>
    <message>
        <source>It is off</source>
        <translation>オフです</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>一時停止中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>停止しました</translation>
    </message>
    <message>
        <source>The car did not confirm it in time.</source>
        <translation>時間内に車両から確認が得られませんでした。</translation>
    </message>
    <message>
        <source>The car cannot do it at the moment.</source>
        <translation>現在、車両はこの操作ができません。</translation>
    </message>
    <message>
        <source>The car does not take this value.</source>
        <translation>この値は設定できません。</translation>
    </message>
    <message>
        <source>This car does not have it.</source>
        <translation>この車両には装備されていません。</translation>
    </message>
    <message>
        <source>It is not allowed now.</source>
        <translation>現在は許可されていません。</translation>
    </message>
    <message>
        <source>Vehicle data</source>
        <translation>車両データ</translation>
    </message>
    <message>
        <source>The car&apos;s signals arrive.</source>
        <translation>車両の信号を受信しています。</translation>
    </message>
    <message>
        <source>Vehicle data is starting.</source>
        <translation>車両データを起動しています。</translation>
    </message>
    <message>
        <source>Vehicle data is restarting.</source>
        <translation>車両データを再起動しています。</translation>
    </message>
    <message>
        <source>Vehicle data is not running.</source>
        <translation>車両データは動作していません。</translation>
    </message>
    <message>
        <source>Vehicle data does not answer.</source>
        <translation>車両データが応答しません。</translation>
    </message>
    <message>
        <source>Driving state</source>
        <translation>走行状態</translation>
    </message>
    <message>
        <source>The driving state is known.</source>
        <translation>走行状態を把握しています。</translation>
    </message>
    <message>
        <source>Driving state is starting.</source>
        <translation>走行状態を起動しています。</translation>
    </message>
    <message>
        <source>Driving state is restarting.</source>
        <translation>走行状態を再起動しています。</translation>
    </message>
    <message>
        <source>Driving state is not running.</source>
        <translation>走行状態は動作していません。</translation>
    </message>
    <message>
        <source>Driving state does not answer.</source>
        <translation>走行状態が応答しません。</translation>
    </message>
    <message>
        <source>Apps</source>
        <translation>アプリ</translation>
    </message>
    <message>
        <source>Apps run, each in a sandbox of its own.</source>
        <translation>各アプリは専用のサンドボックスで動作しています。</translation>
    </message>
    <message>
        <source>Apps are starting.</source>
        <translation>アプリを起動しています。</translation>
    </message>
    <message>
        <source>Apps are restarting.</source>
        <translation>アプリを再起動しています。</translation>
    </message>
    <message>
        <source>Apps are not running.</source>
        <translation>アプリは動作していません。</translation>
    </message>
    <message>
        <source>Apps do not answer.</source>
        <translation>アプリが応答しません。</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>音声操作</translation>
    </message>
    <message>
        <source>Touch the microphone and speak.</source>
        <translation>マイクに触れて話してください。</translation>
    </message>
    <message>
        <source>Voice is starting.</source>
        <translation>音声操作を起動しています。</translation>
    </message>
    <message>
        <source>Voice is restarting.</source>
        <translation>音声操作を再起動しています。</translation>
    </message>
    <message>
        <source>Voice is not running.</source>
        <translation>音声操作は動作していません。</translation>
    </message>
    <message>
        <source>Voice does not answer.</source>
        <translation>音声操作が応答しません。</translation>
    </message>
    <message>
        <source>Cloud</source>
        <translation>クラウド</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>接続しています。</translation>
    </message>
    <message>
        <source>Cloud is starting.</source>
        <translation>クラウドを起動しています。</translation>
    </message>
    <message>
        <source>Cloud is restarting.</source>
        <translation>クラウドを再起動しています。</translation>
    </message>
    <message>
        <source>Cloud is not running.</source>
        <translation>クラウドは動作していません。</translation>
    </message>
    <message>
        <source>Cloud does not answer.</source>
        <translation>クラウドが応答しません。</translation>
    </message>
    <message>
        <source>It comes back by itself.</source>
        <translation>自動的に復帰します。</translation>
    </message>
    <message>
        <source>The screen goes on without it.</source>
        <translation>画面はこの機能なしで動作を続けます。</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>ほかに{count}件あります。</translation>
    </message>
    <message>
        <source>It is restarted if it stays so.</source>
        <translation>この状態が続くと再起動します。</translation>
    </message>
    <message>
        <source>Parked</source>
        <translation>駐車中</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>停車中</translation>
    </message>
    <message>
        <source>Driving</source>
        <translation>走行中</translation>
    </message>
    <message>
        <source>State unknown</source>
        <translation>状態不明</translation>
    </message>
    <message>
        <source>{what} was not changed.</source>
        <translation>{what}は変更されませんでした。</translation>
    </message>
</context>
<context>
    <name>SettingTile</name>
    <message>
        <source>On</source>
        <translation>オン</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>オフ</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>The boot</source>
        <translation>トランク</translation>
    </message>
    <message>
        <source>The boot&apos;s lock</source>
        <translation>トランクのロック</translation>
    </message>
    <message>
        <source>The mirrors</source>
        <translation>ミラー</translation>
    </message>
    <message>
        <source>The interior light</source>
        <translation>室内灯</translation>
    </message>
    <message>
        <source>The ambient light</source>
        <translation>アンビエントライト</translation>
    </message>
    <message>
        <source>The lock</source>
        <translation>ロック</translation>
    </message>
    <message>
        <source>The window</source>
        <translation>ウインドウ</translation>
    </message>
    <message>
        <source>The driver&apos;s temperature</source>
        <translation>運転席の温度</translation>
    </message>
    <message>
        <source>The passenger&apos;s temperature</source>
        <translation>助手席の温度</translation>
    </message>
    <message>
        <source>The fan</source>
        <translation>ファン</translation>
    </message>
    <message>
        <source>Air conditioning</source>
        <translation>エアコン</translation>
    </message>
    <message>
        <source>The front defroster</source>
        <translation>フロントデフロスター</translation>
    </message>
    <message>
        <source>Air recirculation</source>
        <translation>内気循環</translation>
    </message>
    <message>
        <source>The passenger&apos;s fan</source>
        <translation>助手席のファン</translation>
    </message>
    <message>
        <source>The way of the air</source>
        <translation>送風方向</translation>
    </message>
    <message>
        <source>The driver&apos;s seat heating</source>
        <translation>運転席シートヒーター</translation>
    </message>
    <message>
        <source>The passenger&apos;s seat heating</source>
        <translation>助手席シートヒーター</translation>
    </message>
    <message>
        <source>The steering wheel&apos;s heating</source>
        <translation>ステアリングヒーター</translation>
    </message>
    <message>
        <source>The rear defroster</source>
        <translation>リヤデフォッガー</translation>
    </message>
    <message>
        <source>The windscreen&apos;s heating</source>
        <translation>フロントガラスヒーター</translation>
    </message>
    <message>
        <source>The mirrors&apos; heating</source>
        <translation>ミラーヒーター</translation>
    </message>
    <message>
        <source>The charge limit</source>
        <translation>充電上限</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充電中</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Driver</source>
        <translation>ドライバー</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>表示</translation>
    </message>
    <message>
        <source>Language, units</source>
        <translation>言語、単位</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>プライバシー</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>System</source>
        <translation>システム</translation>
    </message>
    <message>
        <source>Guest</source>
        <translation>ゲスト</translation>
    </message>
    <message>
        <source>One is ready</source>
        <translation>準備完了1件</translation>
    </message>
    <message>
        <source>%1 to look at</source>
        <translation>要確認%1件</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Leads to %1</source>
        <translation>接続先：%1</translation>
    </message>
    <message>
        <source>Continue with %1</source>
        <translation>%1で続ける</translation>
    </message>
</context>
<context>
    <name>SignalsPage</name>
    <message>
        <source>Engineering</source>
        <translation>エンジニアリング</translation>
    </message>
    <message>
        <source>%1 live signals</source>
        <translation>ライブ信号%1件</translation>
    </message>
    <message>
        <source>No signal has a value yet.</source>
        <translation>値のある信号はまだありません。</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>駐車中はあと%1件</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>{name} is quieter while something more important is heard.</source>
        <translation>より大切な音の間、{name}は小さくなります。</translation>
    </message>
    <message>
        <source>{name} waits until the sound is free.</source>
        <translation>{name}は音が空くのを待っています。</translation>
    </message>
    <message>
        <source>{name} is heard.</source>
        <translation>{name}が鳴っています。</translation>
    </message>
    <message>
        <source>Muted</source>
        <translation>消音中</translation>
    </message>
    <message>
        <source>What sets the volume is not running. It is started again by itself.</source>
        <translation>音量の調整が動いていません。自動で再開します。</translation>
    </message>
</context>
<context>
    <name>SoundPanel</name>
    <message>
        <source>Sound</source>
        <translation>音</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>消音を解除</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>消音</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>音を小さく</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>音を大きく</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Nobody is heard now.</source>
        <translation>今は何も鳴っていません。</translation>
    </message>
</context>
<context>
    <name>SpentChart</name>
    <message>
        <source>%1%2 kWh</source>
        <translation>%1%2 kWh</translation>
    </message>
    <message>
        <source>Drive</source>
        <translation>走行</translation>
    </message>
    <message>
        <source>Climate, 12 V and losses</source>
        <translation>空調、12 V、損失</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>回生</translation>
    </message>
    <message>
        <source>The car does not say what its motor takes.</source>
        <translation>モーターの消費電力が報告されていません。</translation>
    </message>
    <message>
        <source>Nothing has been driven yet.</source>
        <translation>まだ走行していません。</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>Messages, %n new</source>
        <translation>
            <numerusform>メッセージ、新着%n件</numerusform>
        </translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>メッセージ</translation>
    </message>
    <message>
        <source>Volume: %1</source>
        <translation>音量: %1</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>話す</translation>
    </message>
</context>
<context>
    <name>Stepper</name>
    <message>
        <source>%1: less</source>
        <translation>%1：減らす</translation>
    </message>
    <message>
        <source>%1: more</source>
        <translation>%1：増やす</translation>
    </message>
</context>
<context>
    <name>Store</name>
    <message>
        <source>On the way</source>
        <translation>移動中</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充電</translation>
    </message>
    <message>
        <source>Music and more</source>
        <translation>音楽など</translation>
    </message>
    <message>
        <source>Comfort</source>
        <translation>快適</translation>
    </message>
    <message>
        <source>About the car</source>
        <translation>車について</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>ツール</translation>
    </message>
    <message>
        <source>The store does not answer. Try again when there is a connection.</source>
        <translation>ストアが応答しません。接続後にもう一度お試しください。</translation>
    </message>
    <message>
        <source>There is not enough room. Remove an app that you do not need.</source>
        <translation>空き容量が足りません。不要なアプリを削除してください。</translation>
    </message>
    <message>
        <source>What came was not what the store has signed, so it is not used. Try again later.</source>
        <translation>受信した内容がストアの署名と一致しないため使用しません。後でもう一度お試しください。</translation>
    </message>
    <message>
        <source>The car refuses this package: it is not what was promised. Choose another app.</source>
        <translation>説明と異なるパッケージのため車が拒否しました。別のアプリを選んでください。</translation>
    </message>
    <message>
        <source>This app does not fit this car. Choose another one.</source>
        <translation>このアプリはこの車に対応していません。別のアプリを選んでください。</translation>
    </message>
    <message>
        <source>Apps are installed while the car is parked. Park and try again.</source>
        <translation>アプリは駐車中にインストールします。駐車してからお試しください。</translation>
    </message>
    <message>
        <source>The store does not offer this now. Look at the list again.</source>
        <translation>現在ストアにありません。一覧をもう一度ご覧ください。</translation>
    </message>
    <message>
        <source>Something in the car failed. Try again in a moment.</source>
        <translation>車内で問題が発生しました。少し待ってからお試しください。</translation>
    </message>
    <message>
        <source>It is being fetched.</source>
        <translation>ダウンロード中です。</translation>
    </message>
    <message>
        <source>It is being checked and installed.</source>
        <translation>確認してインストールしています。</translation>
    </message>
    <message>
        <source>Stopped. What has come is kept for the next time.</source>
        <translation>停止しました。受信済みの分は次回のために残ります。</translation>
    </message>
    <message>
        <source>The store is being opened.</source>
        <translation>ストアを開いています。</translation>
    </message>
    <message>
        <source>This car has no store. Apps come with updates, or from a package.</source>
        <translation>この車にストアはありません。アプリは更新またはパッケージで追加されます。</translation>
    </message>
    <message>
        <source>The store has no apps yet.</source>
        <translation>ストアにはまだアプリがありません。</translation>
    </message>
    <message>
        <source>As of {moment}.</source>
        <translation>{moment} 時点</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today.</source>
        <translation>今日は{limit}のうち{used}を取得しました。</translation>
    </message>
    <message>
        <source>{used} of {limit} were fetched today: updates wait, what you choose comes.</source>
        <translation>今日は{limit}のうち{used}を取得しました。更新は待ちますが、選んだものは届きます。</translation>
    </message>
    <message>
        <source>The store does not answer. This list is of {moment}.</source>
        <translation>ストアが応答しません。この一覧は {moment} のものです。</translation>
    </message>
    <message>
        <source>By {author}. Version {version}, {size}.</source>
        <translation>{author}、バージョン {version}、{size}</translation>
    </message>
    <message>
        <source>{mean} of 5 stars, from {count} cars.</source>
        <translation>5段階中{mean}、{count}台の車から。</translation>
    </message>
    <message>
        <source>Not enough ratings yet.</source>
        <translation>評価がまだ足りません。</translation>
    </message>
    <message>
        <source>Signed by {name}, whom the store vouches for.</source>
        <translation>{name} が署名し、ストアが保証しています。</translation>
    </message>
    <message>
        <source>Nobody whom this car trusts vouches for who made it. It cannot be installed.</source>
        <translation>作成者を保証する信頼できる相手がいないため、インストールできません。</translation>
    </message>
    <message>
        <source>Trust {now} of 8</source>
        <translation>信頼度 {now}／8</translation>
    </message>
    <message>
        <source>It says: “{reason}”</source>
        <translation>アプリの説明：「{reason}」</translation>
    </message>
    <message>
        <source>You may refuse it. It says: “{reason}”</source>
        <translation>拒否できます。アプリの説明：「{reason}」</translation>
    </message>
    <message>
        <source>{mean} ★ ({count})</source>
        <translation>{mean} ★ ({count})</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>インストール済み</translation>
    </message>
    <message>
        <source>It is installed. Your apps show it.</source>
        <translation>インストールしました。アプリ一覧に表示されます。</translation>
    </message>
    <message>
        <source>The app has been removed.</source>
        <translation>アプリを削除しました。</translation>
    </message>
</context>
<context>
    <name>StoreOffer</name>
    <message>
        <source>Install when parked</source>
        <translation>駐車中にインストール</translation>
    </message>
    <message>
        <source>Another app is being installed</source>
        <translation>別のアプリを処理中</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>インストール</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>今できない理由は？</translation>
    </message>
    <message>
        <source>How much has come</source>
        <translation>受信した割合</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Show it in your apps</source>
        <translation>アプリ一覧で見る</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>新しい点</translation>
    </message>
    <message>
        <source>What it may do. %1</source>
        <translation>できること。%1</translation>
    </message>
</context>
<context>
    <name>StorePage</name>
    <message>
        <source>You can look through the store when parked.</source>
        <translation>ストアは駐車中にご覧いただけます。</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>ストア</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>もう一度</translation>
    </message>
    <message>
        <source>Your apps</source>
        <translation>あなたのアプリ</translation>
    </message>
    <message>
        <source>%1 more when parked</source>
        <translation>駐車中にあと%1件</translation>
    </message>
</context>
<context>
    <name>SystemSection</name>
    <message>
        <source>System</source>
        <translation>システム</translation>
    </message>
    <message>
        <source>Bus %1</source>
        <translation>バス%1</translation>
    </message>
    <message>
        <source>What is off, and what to do (%1)</source>
        <translation>不具合と対処（%1）</translation>
    </message>
    <message>
        <source>What is off, and what to do</source>
        <translation>不具合と対処</translation>
    </message>
    <message>
        <source>All signals</source>
        <translation>すべての信号</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>情報とライセンス</translation>
    </message>
</context>
<context>
    <name>Telephone</name>
    <message>
        <source>Unknown number</source>
        <translation>不明な番号</translation>
    </message>
    <message>
        <source>Incoming call</source>
        <translation>着信</translation>
    </message>
    <message>
        <source>On the phone</source>
        <translation>通話中</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>保留中</translation>
    </message>
    <message>
        <source>Calling</source>
        <translation>発信中</translation>
    </message>
</context>
<context>
    <name>Translator</name>
    <message>
        <source>The language cannot be shown. The screen stays as it is.</source>
        <translation>この言語は表示できません。画面は元のままです。</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Shuffle</source>
        <translation>シャッフル</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>前へ</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>リピート</translation>
    </message>
</context>
<context>
    <name>TyreBadge</name>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低い</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>要点検</translation>
    </message>
    <message>
        <source>Falling</source>
        <translation>低下中</translation>
    </message>
    <message>
        <source>Rising</source>
        <translation>上昇中</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>安定</translation>
    </message>
    <message>
        <source>%1°</source>
        <translation>%1°</translation>
    </message>
    <message>
        <source>Tyre pressure %1. Why?</source>
        <translation>タイヤ空気圧 %1。理由は？</translation>
    </message>
</context>
<context>
    <name>Updates</name>
    <message>
        <source>Updates are not set up</source>
        <translation>更新は設定されていません</translation>
    </message>
    <message>
        <source>Everything is up to date</source>
        <translation>すべて最新です</translation>
    </message>
    <message>
        <source>An update is being fetched</source>
        <translation>更新を取得しています</translation>
    </message>
    <message>
        <source>An update is ready</source>
        <translation>更新の準備ができました</translation>
    </message>
    <message>
        <source>The update is being installed</source>
        <translation>更新をインストールしています</translation>
    </message>
    <message>
        <source>The update is in use and watched</source>
        <translation>更新を適用し、監視しています</translation>
    </message>
    <message>
        <source>The newest update was not taken</source>
        <translation>最新の更新は適用されませんでした</translation>
    </message>
    <message numerus="yes">
        <source>Installing takes about %n minutes.</source>
        <translation>
            <numerusform>インストールには約%n分かかります。</numerusform>
        </translation>
    </message>
    <message>
        <source>An update is ready. Settings show what it changes.</source>
        <translation>更新の準備ができました。変更内容は設定で確認できます。</translation>
    </message>
</context>
<context>
    <name>UpdatesSection</name>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Updates are being asked about.</source>
        <translation>更新を確認しています。</translation>
    </message>
    <message>
        <source>%1 instead of %2</source>
        <translation>%2から%1へ</translation>
    </message>
    <message>
        <source>Install it when the car is parked</source>
        <translation>駐車中にインストール</translation>
    </message>
    <message>
        <source>Do not install it</source>
        <translation>インストールしない</translation>
    </message>
    <message>
        <source>When is it installed?</source>
        <translation>いつインストールしますか？</translation>
    </message>
    <message>
        <source>You can agree to it when parked. Nothing is installed before.</source>
        <translation>同意は駐車中にできます。それまで何もインストールされません。</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>確認中…</translation>
    </message>
    <message>
        <source>Look for updates</source>
        <translation>更新を確認</translation>
    </message>
    <message>
        <source>Yes, go back</source>
        <translation>はい、戻します</translation>
    </message>
    <message>
        <source>Go back to what was before</source>
        <translation>前の状態に戻す</translation>
    </message>
    <message>
        <source>Last asked</source>
        <translation>前回の確認</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>未確認</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>インストール済み</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>実施内容</translation>
    </message>
</context>
<context>
    <name>Uplink</name>
    <message numerus="yes">
        <source>%n records wait on board; none is lost.</source>
        <translation>
            <numerusform>%n件の記録が車内で待機中です。失われた記録はありません。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Online. %n records have arrived.</source>
        <translation>
            <numerusform>オンラインです。%n件の記録が届きました。</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting to the fleet.</source>
        <translation>フリートに接続しています。</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>オフライン</translation>
    </message>
</context>
<context>
    <name>Vehicle</name>
    <message>
        <source>Charging</source>
        <translation>充電中</translation>
    </message>
    <message>
        <source>Regenerating</source>
        <translation>回生中</translation>
    </message>
    <message>
        <source>On battery</source>
        <translation>バッテリー走行</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>準備完了</translation>
    </message>
</context>
<context>
    <name>VehiclePage</name>
    <message>
        <source>12 V</source>
        <translation>12 V</translation>
    </message>
    <message>
        <source>12 V battery</source>
        <translation>12 Vバッテリー</translation>
    </message>
    <message>
        <source>V</source>
        <translation>V</translation>
    </message>
    <message>
        <source>Service due</source>
        <translation>点検時期です</translation>
    </message>
    <message>
        <source>Service in</source>
        <translation>点検まで</translation>
    </message>
    <message>
        <source>Washer</source>
        <translation>洗浄液</translation>
    </message>
    <message>
        <source>Washer fluid</source>
        <translation>洗浄液</translation>
    </message>
    <message>
        <source>Locks</source>
        <translation>ロック</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>施錠</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>一部</translation>
    </message>
    <message>
        <source>Unlocked</source>
        <translation>解錠</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>窓</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開く</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>閉</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>トランク</translation>
    </message>
    <message>
        <source>Mirrors</source>
        <translation>ミラー</translation>
    </message>
    <message>
        <source>Folded</source>
        <translation>格納</translation>
    </message>
    <message>
        <source>Unfolded</source>
        <translation>展開</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>ライト</translation>
    </message>
    <message>
        <source>Ambient</source>
        <translation>間接照明</translation>
    </message>
</context>
<context>
    <name>VoiceOverlay</name>
    <message>
        <source>Listening…</source>
        <translation>聞いています…</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>少々お待ちください…</translation>
    </message>
    <message>
        <source>Doing it…</source>
        <translation>実行しています…</translation>
    </message>
</context>
<context>
    <name>WayLeft</name>
    <message>
        <source>Arrival</source>
        <translation>到着</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>残り</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距離</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>充電残量</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Front left: low</source>
        <translation>左前: 低い</translation>
    </message>
    <message>
        <source>Front right: low</source>
        <translation>右前: 低い</translation>
    </message>
    <message>
        <source>Rear left: low</source>
        <translation>左後: 低い</translation>
    </message>
    <message>
        <source>Rear right: low</source>
        <translation>右後: 低い</translation>
    </message>
    <message>
        <source>Power of the battery</source>
        <translation>バッテリーの電力</translation>
    </message>
    <message>
        <source>Energy left</source>
        <translation>残りのエネルギー</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>充電残量</translation>
    </message>
    <message>
        <source>Charging</source>
        <translation>充電</translation>
    </message>
    <message>
        <source>Cable at the port</source>
        <translation>充電口のケーブル</translation>
    </message>
    <message>
        <source>Cabin</source>
        <translation>車内</translation>
    </message>
    <message>
        <source>not heard</source>
        <translation>受信なし</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Selector</source>
        <translation>セレクター</translation>
    </message>
    <message>
        <source>Parking brake</source>
        <translation>パーキングブレーキ</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>はい</translation>
    </message>
    <message>
        <source>No</source>
        <translation>いいえ</translation>
    </message>
    <message>
        <source>On</source>
        <translation>オン</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>Standing with the selector in P, or in N with the parking brake, is parked.</source>
        <translation>セレクターがP、またはNでパーキングブレーキ作動中に停止していれば駐車中です。</translation>
    </message>
    <message>
        <source>Standing without the selector in P is standing: only films wait.</source>
        <translation>P以外での停止は停車中です。映像だけを控えます。</translation>
    </message>
    <message>
        <source>From %1 km/h on, and for %2 s after it, the car is driving.</source>
        <translation>%1 km/h以上、およびその後%2秒間は走行中です。</translation>
    </message>
    <message>
        <source>What is not known, or older than %1 s, limits as driving does.</source>
        <translation>不明な値、または%1秒より古い値は、走行中と同じ制限になります。</translation>
    </message>
    <message>
        <source>While the car drives, a list shows up to {rows} rows and a text up to {signs} characters.</source>
        <translation>走行中、一覧は{rows}行まで、文は{signs}文字まで表示します。</translation>
    </message>
    <message>
        <source>Shorter while driving</source>
        <translation>走行中は短く表示</translation>
    </message>
    <message>
        <source>Set up when parked</source>
        <translation>駐車中に設定</translation>
    </message>
    <message>
        <source>What takes several glances to set up is changed while the selector is in P.</source>
        <translation>何度も見る必要がある設定は、シフトがPのときに変更します。</translation>
    </message>
    <message>
        <source>Shown when parked</source>
        <translation>駐車中に表示</translation>
    </message>
    <message>
        <source>Pages for reading, typing and films are shown while the selector is in P.</source>
        <translation>読む、入力する、映像を見るページは、シフトがPのときに表示します。</translation>
    </message>
    <message>
        <source>The task is long enough</source>
        <translation>操作はここまでです</translation>
    </message>
    <message>
        <source>While the car drives, a task in an app has a limited number of pages.</source>
        <translation>走行中、アプリの操作はページ数が限られます。</translation>
    </message>
    <message>
        <source>Tyre pressure</source>
        <translation>タイヤ空気圧</translation>
    </message>
    <message>
        <source>A tyre counts as low when the car&apos;s own tyre monitoring says so. The screen judges nothing.</source>
        <translation>タイヤの低圧は車の空気圧監視が判断します。画面は判断しません。</translation>
    </message>
    <message>
        <source>The car reports the pressure of each tyre and whether it is too low.</source>
        <translation>車は各タイヤの空気圧と、低すぎるかどうかを知らせます。</translation>
    </message>
    <message>
        <source>From the energy left and the use over each {window} km of the last {kept} km; it needs {enough} km of road.</source>
        <translation>残りのエネルギーと、直近{kept} kmの{window} kmごとの消費から計算します。{enough} kmの走行が必要です。</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>航続距離</translation>
    </message>
    <message>
        <source>Charge, plug and time left are what the car reports. The screen judges nothing.</source>
        <translation>充電量、プラグ、残り時間は車が伝える値です。画面は判断しません。</translation>
    </message>
    <message>
        <source>Charging begins with a plug and your word, and ends at the limit or when you stop it.</source>
        <translation>プラグの接続と指示で充電が始まり、上限か停止の指示で終わります。</translation>
    </message>
    <message>
        <source>It begins a minute earlier for each degree, in P with {floor} % charge or more, or {plug} % at a plug.</source>
        <translation>1度につき1分早く始めます。Pで充電{floor} %以上、プラグ接続時は{plug} %以上のときです。</translation>
    </message>
    <message>
        <source>Departures</source>
        <translation>出発予定</translation>
    </message>
    <message>
        <source>The car makes the cabin ready by itself, or says why it does not.</source>
        <translation>車が自動で車内を整えます。できないときは理由を伝えます。</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>It is installed while the car is parked, so that nothing is missing on the road.</source>
        <translation>走行中に何も欠けないよう、駐車中にインストールします。</translation>
    </message>
    <message>
        <source>Repaired when parked</source>
        <translation>駐車中に修復</translation>
    </message>
    <message>
        <source>What stops a part that you need to drive is done while the selector is in P.</source>
        <translation>運転に必要な部分を止める操作は、セレクターがPのときに行います。</translation>
    </message>
    <message>
        <source>A part of the car&apos;s computer is off when it does not answer, or ends again and again.</source>
        <translation>車載コンピューターの一部は、応答しないか繰り返し終了すると停止とみなします。</translation>
    </message>
    <message>
        <source>A vehicle bus is off when its controller reports errors or no frame arrives.</source>
        <translation>車両バスは、エラーが出るかフレームが届かないと停止とみなします。</translation>
    </message>
    <message>
        <source>A message is damaged when its checksum or its counter is wrong too often.</source>
        <translation>チェックサムやカウンターの誤りが多いメッセージは破損とみなします。</translation>
    </message>
    <message>
        <source>An app that ended by itself is started again more and more rarely.</source>
        <translation>自ら終了したアプリは、再起動の間隔が長くなります。</translation>
    </message>
    <message>
        <source>An update is installed after you agree, and taken back when it does not do well.</source>
        <translation>更新は同意の後に入り、うまくいかないと元に戻します。</translation>
    </message>
    <message>
        <source>Used as on eight of ten stretches of the road behind, the energy ends within the band.</source>
        <translation>直近の区間の10のうち8と同じように使うと、エネルギーはこの帯の中で尽きます。</translation>
    </message>
    <message>
        <source>The car counts the trouble codes that its control units have stored.</source>
        <translation>車は制御装置が記録した故障コードを数えます。</translation>
    </message>
    <message>
        <source>Below {least} MB of free storage, drives may not be kept.</source>
        <translation>空き容量が{least} MBを下回ると、走行記録を残せないことがあります。</translation>
    </message>
    <message>
        <source>This part of the car&apos;s computer reported it itself.</source>
        <translation>車載コンピューターのこの部分が自ら報告しました。</translation>
    </message>
    <message>
        <source>You allowed this app to show alerts. One stays until you answer or its time is over.</source>
        <translation>このアプリの通知を許可しています。応答するか時間が過ぎるまで表示されます。</translation>
    </message>
    <message>
        <source>You allowed this app to show news. It goes by itself and makes no sound.</source>
        <translation>このアプリのお知らせを許可しています。自然に消え、音は鳴りません。</translation>
    </message>
    <message>
        <source>{app} says it. The car has not checked what the app says.</source>
        <translation>{app}からのお知らせです。内容は車が確認したものではありません。</translation>
    </message>
</context>
<context>
    <name>WhyArea</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1。理由は？</translation>
    </message>
</context>
<context>
    <name>WhyNote</name>
    <message>
        <source>%1. Why?</source>
        <translation>%1。理由は？</translation>
    </message>
</context>
<context>
    <name>WindowPanel</name>
    <message>
        <source>Driver</source>
        <translation>運転席</translation>
    </message>
    <message>
        <source>Passenger</source>
        <translation>助手席</translation>
    </message>
    <message>
        <source>Rear left</source>
        <translation>左後</translation>
    </message>
    <message>
        <source>Rear right</source>
        <translation>右後</translation>
    </message>
    <message>
        <source>Close all</source>
        <translation>すべて閉じる</translation>
    </message>
    <message>
        <source>Vent</source>
        <translation>換気</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完了</translation>
    </message>
</context>
<context>
    <name>Withheld</name>
    <message>
        <source>This is set up when parked.</source>
        <translation>駐車中に設定できます。</translation>
    </message>
    <message>
        <source>Why not now?</source>
        <translation>今できない理由は？</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Fan</source>
        <translation>ファン</translation>
    </message>
    <message>
        <source>Seat heating</source>
        <translation>シートヒーター</translation>
    </message>
</context>
</TS>
